"""A number that is typed in and belongs to somebody registered already: who is told, and how two persons become one."""
