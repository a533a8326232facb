"""The window: the only place for widgets. Knows browse and domain, nothing of databases or disks."""
