"""The demonstration edition: sample articles and pictures for a first look at the paper."""
