"""What sources of Google's interfaces share: access by the owner's own client, and what refusals say."""
