"""The page of a case, the list of cases and the work list: what spans participants and plans. No models."""
