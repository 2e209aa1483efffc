"""Factor library: factors looked through, own ones, sets that come in."""
