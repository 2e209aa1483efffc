"""Money over years: present value, internal rate of return with the number of its roots, levelised cost, payback."""
