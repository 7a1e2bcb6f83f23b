"""The colours of the set: a short shelf of poster inks."""

Colour = tuple[int, int, int]

INK: Colour = (17, 34, 56)
NIGHT: Colour = (30, 56, 84)
DUSK: Colour = (70, 100, 122)
MIST: Colour = (168, 188, 184)
PAPER: Colour = (243, 230, 204)
CREAM: Colour = (251, 243, 224)
SAND: Colour = (225, 198, 152)
GOLD: Colour = (240, 193, 98)
OCHRE: Colour = (214, 152, 54)
ROSE: Colour = (229, 158, 122)
TERRACOTTA: Colour = (193, 87, 54)
BRICK: Colour = (138, 56, 42)
UMBER: Colour = (82, 50, 42)
SAGE: Colour = (164, 166, 108)
OLIVE: Colour = (112, 118, 60)
MOSS: Colour = (64, 78, 50)
FOAM: Colour = (196, 218, 204)
SEA: Colour = (78, 148, 140)
DEEP_SEA: Colour = (34, 88, 100)


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour that lies `share` (0 to 1) of the way from `first` to `second`."""
    red, green, blue = (
        round(start + (end - start) * share) for start, end in zip(first, second, strict=True)
    )
    return red, green, blue
