"""The program for Linux: a package of Debian and a tarball."""
