"""What the analyst sees (widgets) and what happens on a click (presenter and its helpers, without widgets)."""
