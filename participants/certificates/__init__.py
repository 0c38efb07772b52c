"""Certificates of placements (praktikintyg), for the participant to show an employer."""
