"""Accounts and memberships, as administrators and coordinators see to them."""
