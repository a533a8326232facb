PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	epoch INTEGER NOT NULL, 
	target VARCHAR NOT NULL, 
	spec VARCHAR NOT NULL, 
	"plan" VARCHAR NOT NULL, 
	reason VARCHAR, 
	is_cancel_wished BOOLEAN NOT NULL, 
	whole_rows INTEGER, 
	whole_bytes INTEGER, 
	whole_sha256 VARCHAR, 
	finished_at VARCHAR, 
	source_changed VARCHAR DEFAULT 'unknown' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO jobs VALUES('1eb8bf8c5927','2026-11-25T03:21:59.324985+00:00','PAUSED',1,'@FOLDER@/out/products.csv','{"checkpoint_seconds": 0.0, "chunk_rows": 20, "consistency": "live", "file_format": "csv", "invalid_text": "fail", "is_overwrite_allowed": false, "query": {"columns": ["id", "name", "category", "price", "quantity", "status", "created_at"], "conditions": [{"column": "quantity", "operator": ">=", "values": [["integer", "100"]]}], "order": [], "search": null, "table": "products"}, "source": "@FOLDER@/catalogue.db", "target": "@FOLDER@/out/products.csv", "throttle_ms": 700}','{"bound": [["integer", "300"]], "encoder_version": 1, "fingerprint": "ce816d741a65423af6de64b9a5dbea5c602eea7bc07fcba23bc21035be71bc9e", "schema_version": 1, "table": {"columns": [{"decimals": null, "declared_type": "INTEGER", "is_nullable": true, "kind": "integer", "name": "id"}, {"decimals": null, "declared_type": "TEXT", "is_nullable": false, "kind": "text", "name": "name"}, {"decimals": null, "declared_type": "TEXT", "is_nullable": false, "kind": "text", "name": "category"}, {"decimals": 2, "declared_type": "DECIMAL(10,2)", "is_nullable": false, "kind": "decimal", "name": "price"}, {"decimals": null, "declared_type": "INTEGER", "is_nullable": false, "kind": "integer", "name": "quantity"}, {"decimals": null, "declared_type": "TEXT", "is_nullable": false, "kind": "text", "name": "status"}, {"decimals": null, "declared_type": "DATETIME", "is_nullable": false, "kind": "timestamp", "name": "created_at"}], "is_virtual": false, "key": ["id"], "key_kind": "rowid alias", "kind": "table", "name": "products", "rowid_name": "id"}, "total_rows": 264}','{"code": "PAUSE_ASKED", "facts": {}, "kind": "asked"}',0,NULL,NULL,NULL,NULL,'unknown');
CREATE TABLE checkpoints (
	job_id VARCHAR NOT NULL, 
	epoch INTEGER NOT NULL, 
	keyset VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	bytes INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	PRIMARY KEY (job_id)
);
INSERT INTO checkpoints VALUES('1eb8bf8c5927',1,'[["integer", "179"]]',160,10598,'ff237a84843be391b432fd34ed588840c552cf03ba380990e86a26fb4d2e28d6','ce816d741a65423af6de64b9a5dbea5c602eea7bc07fcba23bc21035be71bc9e');
CREATE INDEX ix_jobs_created_at ON jobs (created_at);
CREATE INDEX ix_jobs_target ON jobs (target);
COMMIT;
