"""The five areas of a kartläggning: answered one by one, complete together, corrected each by itself."""
