"""The page of a case, the list of cases and the work list: pages that read both participants and plans. No models."""
