//! Stylised facts: what emerges from the standard model, under which conditions, and what switches it off.
