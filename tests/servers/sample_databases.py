"""Small databases shaped like the samples that everybody knows, for a file and for a server alike.

The shapes are those of Chinook (names in capitals and small letters), Northwind (names with blanks, keys of
two columns, pictures, small floats) and Sakila (an enumeration, an array, a text vector, a domain). What SQL
says differently to each is a word of the statements; the rows, and the bytes of each file, are the same.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.postgres_server import PostgresServer, quoted

Row = tuple[object, ...]


@dataclass(frozen=True)
class SampleTable:
    """A table: what stands between the brackets of CREATE TABLE, its rows, and its file."""

    name: str
    columns: str
    rows: Sequence[Row]
    file: str


@dataclass(frozen=True)
class SampleView:
    """A view in an order of its own, and its file."""

    name: str
    statement: str
    file: str


@dataclass(frozen=True)
class SampleDatabase:
    """Tables in the order in which they can be made; `types` are statements for a server alone."""

    name: str
    tables: Sequence[SampleTable]
    views: Sequence[SampleView] = ()
    types: Sequence[str] = field(default=())

    @property
    def files(self) -> Mapping[str, str]:
        """The CSV text of each table and view, by name."""
        relations: list[SampleTable | SampleView] = [*self.tables, *self.views]
        return {relation.name: relation.file for relation in relations}


CHINOOK = SampleDatabase(
    "chinook",
    tables=(
        SampleTable(
            "Artist",
            '"ArtistId" integer PRIMARY KEY, "Name" varchar(120)',
            [(1, "AC/DC"), (2, "Antônio Carlos Jobim"), (3, 'Sly "&" Robbie, live'), (4, None), (5, "")],
            'ArtistId,Name\n1,AC/DC\n2,Antônio Carlos Jobim\n3,"Sly ""&"" Robbie, live"\n4,\n5,""\n',
        ),
        SampleTable(
            "Album",
            '"AlbumId" integer PRIMARY KEY, "Title" varchar(160) NOT NULL,'
            ' "ArtistId" integer NOT NULL REFERENCES "Artist" ("ArtistId")',
            [(10, "Let There Be Rock", 1), (11, "Wave\nTide", 2), (12, "Stone Flower", 2)],
            'AlbumId,Title,ArtistId\n10,Let There Be Rock,1\n11,"Wave\nTide",2\n12,Stone Flower,2\n',
        ),
        SampleTable(
            "Track",
            '"TrackId" integer PRIMARY KEY, "Name" varchar(200) NOT NULL,'
            ' "AlbumId" integer REFERENCES "Album" ("AlbumId"), "Composer" varchar(220),'
            ' "Milliseconds" integer NOT NULL, "Bytes" bigint, "UnitPrice" numeric(10,2) NOT NULL',
            [
                (1, "Go Down", 10, "Young, Scott, Young", 331180, 10847611, "0.99"),
                (2, "Wave", 11, None, 174000, None, "1.00"),
                (3, "Tereza My Love", 12, "Jobim", 263000, 5_000_000_000, "12345678.90"),
            ],
            "TrackId,Name,AlbumId,Composer,Milliseconds,Bytes,UnitPrice\n"
            '1,Go Down,10,"Young, Scott, Young",331180,10847611,0.99\n'
            "2,Wave,11,,174000,,1.00\n3,Tereza My Love,12,Jobim,263000,5000000000,12345678.90\n",
        ),
        SampleTable(
            "PlaylistTrack",
            '"PlaylistId" integer NOT NULL, "TrackId" integer NOT NULL REFERENCES "Track" ("TrackId"),'
            ' PRIMARY KEY ("PlaylistId", "TrackId")',
            [(2, 1), (1, 3), (1, 2)],
            "PlaylistId,TrackId\n1,2\n1,3\n2,1\n",
        ),
        SampleTable(
            "Invoice",
            '"InvoiceId" integer PRIMARY KEY, "InvoiceDate" timestamp NOT NULL,'
            ' "BillingCity" varchar(40), "Total" numeric(10,2) NOT NULL',
            [(1, "2021-01-01T00:00:00", "Århus", "1.98"), (2, "2021-12-31T23:59:59", None, "-0.50")],
            "InvoiceId,InvoiceDate,BillingCity,Total\n"
            "1,2021-01-01T00:00:00,Århus,1.98\n2,2021-12-31T23:59:59,,-0.50\n",
        ),
    ),
)

NORTHWIND = SampleDatabase(
    "northwind",
    tables=(
        SampleTable(
            "Categories",
            '"CategoryID" integer PRIMARY KEY, "CategoryName" varchar(15) NOT NULL, "Description" text,'
            ' "Picture" blob',
            [
                (1, "Beverages", "Soft drinks, coffees, teas", bytes.fromhex("151c2f00ff")),
                (2, "Condiments", 'Sweet and "savory"', None),
                (3, "Produce", "Dried fruit\r\nand bean curd", b""),
            ],
            "CategoryID,CategoryName,Description,Picture\n"
            '1,Beverages,"Soft drinks, coffees, teas",151c2f00ff\n'
            '2,Condiments,"Sweet and ""savory""",\n3,Produce,"Dried fruit\r\nand bean curd",""\n',
        ),
        SampleTable(
            "Products",
            '"ProductID" integer PRIMARY KEY, "ProductName" varchar(40) NOT NULL,'
            ' "CategoryID" integer REFERENCES "Categories" ("CategoryID"), "UnitPrice" numeric(19,4),'
            ' "UnitsInStock" smallint',
            [
                (1, "Chai", 1, "18.0000", 39),
                (2, "Aniseed Syrup", 2, "10.5000", 13),
                (3, "Rössle Sauerkraut", 3, "45.6001", None),
                (4, "Ipoh Coffee", 1, None, -1),
            ],
            "ProductID,ProductName,CategoryID,UnitPrice,UnitsInStock\n1,Chai,1,18.0000,39\n"
            "2,Aniseed Syrup,2,10.5000,13\n3,Rössle Sauerkraut,3,45.6001,\n4,Ipoh Coffee,1,,-1\n",
        ),
        SampleTable(
            "Order Details",
            '"OrderID" integer NOT NULL, "ProductID" integer NOT NULL REFERENCES "Products" ("ProductID"),'
            ' "Quantity" smallint NOT NULL, "Discount" real NOT NULL, PRIMARY KEY ("OrderID", "ProductID")',
            [
                (10249, 1, 9, 0.0), (10248, 3, 12, 0.15), (10248, 1, 10, 0.05),
                (10250, 2, 35, 0.25), (10250, 4, 1, 0.1), (10251, 2, 6, 1.0),
            ],
            "OrderID,ProductID,Quantity,Discount\n10248,1,10,0.05\n10248,3,12,0.15\n10249,1,9,0.0\n"
            "10250,2,35,0.25\n10250,4,1,0.1\n10251,2,6,1.0\n",
        ),
    ),
    views=(
        SampleView(
            "Products by Category",
            'SELECT "CategoryName", "ProductName", "UnitsInStock" FROM "Categories"'
            ' JOIN "Products" ON "Products"."CategoryID" = "Categories"."CategoryID" ORDER BY "ProductID"',
            "CategoryName,ProductName,UnitsInStock\nBeverages,Chai,39\nCondiments,Aniseed Syrup,13\n"
            "Produce,Rössle Sauerkraut,\nBeverages,Ipoh Coffee,-1\n",
        ),
    ),
)  # fmt: skip

SAKILA = SampleDatabase(
    "sakila",
    types=(
        "CREATE TYPE mpaa_rating AS ENUM ('G', 'PG', 'PG-13', 'R', 'NC-17')",
        "CREATE DOMAIN year AS integer CHECK (VALUE BETWEEN 1901 AND 2155)",
        "CREATE DOMAIN release AS year",
    ),
    tables=(
        SampleTable(
            "actor",
            "actor_id integer PRIMARY KEY, first_name varchar(45) NOT NULL, last_update timestamp NOT NULL",
            [(1, "PENELOPE", "2006-02-15T04:34:33"), (2, "NICK", "2006-02-15T04:34:33")],
            "actor_id,first_name,last_update\n1,PENELOPE,2006-02-15T04:34:33\n2,NICK,2006-02-15T04:34:33\n",
        ),
        SampleTable(
            "film",
            "film_id integer PRIMARY KEY, title varchar(255) NOT NULL, release_year release,"
            " rental_rate decimal(4,2) NOT NULL, length smallint, rating mpaa_rating,"
            " special_features text[], fulltext tsvector NOT NULL",
            [
                (1, "ACADEMY DINOSAUR", 2006, "0.99", 86, "PG", '{"Deleted Scenes",Trailers}', "'academi':1"),
                (2, "ACE GOLDFINGER", None, "4.00", 48, "G", "{}", "'ace':1 'goldfing':2"),
                (3, "ADAPTATION HOLES", 1999, "-2.50", None, None, None, ""),
                (4, "AFFAIR PREJUDICE", 2155, "99.99", 117, "NC-17", "{NULL,Commentaries}", "'affair':1A"),
            ],
            "film_id,title,release_year,rental_rate,length,rating,special_features,fulltext\n"
            """1,ACADEMY DINOSAUR,2006,0.99,86,PG,"{""Deleted Scenes"",Trailers}",'academi':1\n"""
            "2,ACE GOLDFINGER,,4.00,48,G,{},'ace':1 'goldfing':2\n"
            '3,ADAPTATION HOLES,1999,-2.50,,,,""\n'
            """4,AFFAIR PREJUDICE,2155,99.99,117,NC-17,"{NULL,Commentaries}",'affair':1A\n""",
        ),
        SampleTable(
            "film_actor",
            "actor_id integer NOT NULL REFERENCES actor (actor_id),"
            " film_id integer NOT NULL REFERENCES film (film_id), PRIMARY KEY (actor_id, film_id)",
            [(2, 3), (1, 1), (2, 1)],
            "actor_id,film_id\n1,1\n2,1\n2,3\n",
        ),
    ),
    views=(
        SampleView(
            "film_list",
            "SELECT film.film_id AS fid, title, rental_rate AS price, rating, first_name AS actor FROM film"
            " LEFT JOIN film_actor ON film_actor.film_id = film.film_id"
            " LEFT JOIN actor ON actor.actor_id = film_actor.actor_id ORDER BY film.film_id, actor.actor_id",
            "fid,title,price,rating,actor\n1,ACADEMY DINOSAUR,0.99,PG,PENELOPE\n"
            "1,ACADEMY DINOSAUR,0.99,PG,NICK\n2,ACE GOLDFINGER,4.00,G,\n3,ADAPTATION HOLES,-2.50,,NICK\n"
            "4,AFFAIR PREJUDICE,99.99,NC-17,\n",
        ),
        SampleView(
            "titles_by_rating",
            "SELECT rating, count(*) AS titles FROM film WHERE rating IS NOT NULL"
            " GROUP BY rating ORDER BY min(film_id)",
            "rating,titles\nPG,1\nG,1\nNC-17,1\n",
        ),
    ),
)

SAMPLES = (CHINOOK, NORTHWIND, SAKILA)


def make_in_file(sample: SampleDatabase, path: Path) -> str:
    """Write the database as a new SQLite file, and return its address."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in sample.tables:
            connection.execute(f"CREATE TABLE {quoted(table.name)} ({table.columns})")
            connection.executemany(_insert(table, "?"), table.rows)
        for view in sample.views:
            connection.execute(f"CREATE VIEW {quoted(view.name)} AS {view.statement}")
    return str(path)


def make_on_server(sample: SampleDatabase, server: PostgresServer) -> str:
    """Make the database on the server, and return its address."""
    address = server.create_database(sample.name)
    with server.connect(sample.name) as connection, connection.cursor() as cursor:
        for statement in sample.types:
            cursor.execute(statement.encode())
        for table in sample.tables:
            columns = table.columns.replace(" blob", " bytea")
            cursor.execute(f"CREATE TABLE {quoted(table.name)} ({columns})".encode())
            cursor.executemany(_insert(table, "%s").encode(), table.rows)
        for view in sample.views:
            cursor.execute(f"CREATE VIEW {quoted(view.name)} AS {view.statement}".encode())
    return address


def _insert(table: SampleTable, place: str) -> str:
    places = ", ".join([place] * len(table.rows[0]))
    return f"INSERT INTO {quoted(table.name)} VALUES ({places})"
