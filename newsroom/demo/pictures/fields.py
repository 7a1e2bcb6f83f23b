"""Scenes of the fields: the olive harvest and the wheat."""

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    Point,
    between,
    ellipse,
    lens,
    placed,
    rectangle,
    ribbon,
    rotated,
    smooth_loop,
    smooth_path,
)
from newsroom.demo.pictures.nature import (
    draw_cloud,
    draw_cypress,
    draw_hills,
    draw_olive_tree,
    draw_sun,
)
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    GOLD,
    INK,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    OLIVE,
    PAPER,
    SAGE,
    SAND,
    SEA,
    TERRACOTTA,
    UMBER,
    Colour,
    blend,
)
from newsroom.demo.pictures.town import draw_person, draw_person_shadow, person


def draw_olive_grove(canvas: Canvas) -> None:
    """Draw the olive harvest on terraced hills, with a ladder in the nearest tree."""
    canvas.backdrop([(0, blend(MIST, CREAM, 0.4)), (300, CREAM), (420, GOLD)])
    draw_sun(canvas, 330, 210, 70, GOLD)
    draw_hills(canvas, 380, 110, 5, blend(SEA, CREAM, 0.45), SEA)
    draw_hills(canvas, 450, 90, 4, blend(SAGE, CREAM, 0.2), OLIVE)
    for ground, size, count, earth in (
        (540, 46, 18, SAND),
        (622, 76, 12, GOLD),
        (740, 128, 8, OCHRE),
    ):
        _draw_terrace(canvas, ground, size, count, blend(earth, PAPER, 0.15))
    front = [
        *smooth_path([(-20, 790), (500, 770), (1100, 792), (1620, 770)]),
        (1620, 900),
        (-20, 900),
    ]
    canvas.fill(front, blend(OCHRE, TERRACOTTA, 0.25))
    canvas.spray(front, UMBER, (0, 770), (0, 940), 0.7)
    _draw_harvest(canvas, 1130, 846)


def _draw_terrace(canvas: Canvas, ground: float, size: float, count: int, earth: Colour) -> None:
    """Draw one step of the hill: its soil, its dry-stone wall and its row of trees."""
    edge = smooth_path([(-40, ground), (420, ground - 26), (1000, ground + 8), (1640, ground - 20)])
    soil = [*edge, (1640, HEIGHT), (-40, HEIGHT)]
    canvas.fill(soil, earth)
    canvas.spray(soil, TERRACOTTA, (0, ground - 20), (0, ground + 200), 0.7)
    wall = ribbon([(x, y + size * 0.62) for x, y in edge], size * 0.2)
    canvas.fill(wall, blend(SAND, UMBER, 0.35))
    canvas.spray(wall, INK, (0, ground + size * 0.4), (0, ground + size * 0.9), 0.5)
    for index in range(count):
        x = WIDTH * (index + 0.5) / count + canvas.random.uniform(-20, 20)
        foot = edge[min(len(edge) - 1, max(0, int((x + 40) / 1680 * len(edge))))][1] + size * 0.3
        canvas.wash(lens(x + size * 0.55, foot, size * 0.75, size * 0.1), INK, 0.4)
        draw_olive_tree(canvas, x, foot, size)


def _draw_harvest(canvas: Canvas, x: float, ground: float) -> None:
    """Draw the big tree with its long shadow, the net under it, the ladder and two pickers."""
    canvas.wash(lens(x + 300, ground - 2, 480, 34), INK, 0.4)
    net = smooth_loop(
        [(x - 330, ground + 8), (x, ground - 26), (x + 330, ground + 6), (x, ground + 36)]
    )
    canvas.fill(net, blend(SEA, CREAM, 0.3))
    canvas.spray(net, INK, (x - 120, ground), (x + 330, ground), 0.6)
    for _ in range(130):
        spot = (x + canvas.random.gauss(0, 120), ground + 4 + canvas.random.gauss(0, 9))
        canvas.fill(ellipse(*spot, 4, 3), canvas.random.choice([MOSS, OLIVE, UMBER]))
    draw_olive_tree(canvas, x, ground, 660)
    _draw_ladder(canvas, (x - 320, ground), (x - 165, ground - 400))
    draw_person(canvas, x - 214, ground - 205, 205, INK, figure=person(0.3, reach=True))
    draw_person_shadow(canvas, 520, ground + 10, 220, 1.5, 0.02)
    draw_person(canvas, 520, ground + 10, 220, NIGHT, figure=person(robe=True, reach=True))
    _draw_basket(canvas, 640, ground + 16)
    _draw_basket(canvas, 730, ground + 30)


def _draw_ladder(canvas: Canvas, foot: Point, head: Point) -> None:
    for offset in (0, 62):
        rail = [(foot[0] + offset, foot[1]), (head[0] + offset * 0.6, head[1])]
        canvas.fill(ribbon(rail, 9, 7), BRICK)
    for step in range(1, 11):
        x, y = between(foot, head, step / 11)
        canvas.fill(ribbon([(x, y), (x + 62 - 25 * step / 11, y)], 6), BRICK)


def _draw_basket(canvas: Canvas, x: float, ground: float) -> None:
    canvas.wash(lens(x + 70, ground - 2, 90, 8), INK, 0.4)
    canvas.fill(ellipse(x, ground - 52, 42, 22), MOSS)
    for _ in range(26):
        spot = (x + canvas.random.uniform(-34, 34), ground - 54 + canvas.random.uniform(-14, 4))
        canvas.fill(ellipse(*spot, 6, 5), canvas.random.choice([OLIVE, MOSS, SAGE]))
    sides = [(x - 44, ground - 52), (x + 44, ground - 52), (x + 32, ground), (x - 32, ground)]
    canvas.fill(sides, SAND)
    canvas.spray(sides, UMBER, (x - 20, ground), (x + 50, ground), 0.8)
    for y in (ground - 50, ground - 32, ground - 15):
        canvas.fill(ribbon([(x - 42, y), (x + 42, y)], 3.5), UMBER)


def draw_wheat(canvas: Canvas) -> None:
    """Draw ripe wheat close up, with a harvester at work under tall summer clouds."""
    canvas.backdrop([(0, SEA), (260, blend(SEA, CREAM, 0.6)), (430, CREAM)])
    for x, y, width in ((300, 240, 420), (830, 330, 300), (1330, 200, 480), (1100, 360, 220)):
        draw_cloud(canvas, x, y, width, blend(CREAM, PAPER, 0.4))
    draw_hills(canvas, 440, 60, 5, blend(SAGE, MIST, 0.5), SEA)
    draw_hills(canvas, 490, 50, 4, SAGE, OLIVE)
    for crest, colour in ((520, GOLD), (585, blend(GOLD, OCHRE, 0.5)), (650, OCHRE)):
        skyline = draw_hills(canvas, crest, 34, 4, colour, blend(OCHRE, TERRACOTTA, 0.4))
        _draw_drills(canvas, skyline)
        if crest == 520:
            _draw_harvester(canvas, 1090, 566)
    for x, height in ((180, 120), (214, 150), (250, 104)):
        draw_cypress(canvas, x, 548, height, MOSS)
    _draw_ears(canvas)


def _draw_drills(canvas: Canvas, skyline: Outline) -> None:
    """Draw the sown lines of a field, running down from its skyline."""
    for x, y in skyline[::2]:
        lean = (x - WIDTH / 2) * 0.5
        canvas.wash(ribbon([(x, y + 5), (x + lean, y + 130)], 1.5, 6), BRICK, 0.22)


def _draw_harvester(canvas: Canvas, x: float, ground: float) -> None:
    """Draw a combine harvester that moves to the left and leaves chaff in the air."""
    canvas.glow(x + 190, ground - 40, 150, CREAM, 0.9)
    canvas.wash(lens(x + 40, ground, 210, 10), INK, 0.45)
    body = [(-86, -34), (-86, -106), (106, -106), (132, -34)]
    canvas.fill(placed(body, x, ground), TERRACOTTA)
    canvas.spray(placed(body, x, ground), INK, (x - 30, ground - 86), (x + 150, ground - 30), 0.7)
    canvas.fill(placed(rectangle(-90, -162, -28, -104), x, ground), INK)
    canvas.fill(placed(rectangle(-83, -153, -35, -112), x, ground), MIST)
    canvas.fill(placed(ribbon([(56, -108), (120, -166), (150, -158)], 13), x, ground), BRICK)
    for radius, colour in ((43, BRICK), (33, OCHRE)):
        canvas.fill(ellipse(x - 150, ground - 36, radius), colour)
    for angle in range(0, 180, 30):
        bar = rotated(ribbon([(-38, 0), (38, 0)], 5), (0, 0), angle)
        canvas.fill(placed(bar, x - 150, ground - 36), BRICK)
    canvas.fill(placed(ribbon([(-150, -36), (-76, -64)], 12), x, ground), INK)
    for wheel, radius in ((x - 50, 38), (x + 92, 26)):
        canvas.fill(ellipse(wheel, ground - radius, radius), INK)
        canvas.fill(ellipse(wheel, ground - radius, radius * 0.42), GOLD)


def _draw_ears(canvas: Canvas) -> None:
    """Draw three ranks of ears, each nearer, larger and lighter than the one behind."""
    ranks = [
        (705, 0.62, 64, blend(OCHRE, BRICK, 0.45), 60),
        (790, 0.9, 46, OCHRE, 120),
        (850, 1.25, 26, GOLD, 190),
    ]
    for top, scale, count, colour, scatter in ranks:
        for index in range(count):
            x = WIDTH * (index + canvas.random.random()) / count
            y = top - canvas.random.random() ** 2 * scatter
            _draw_ear(canvas, x, y, scale * canvas.random.uniform(0.85, 1.1), colour)
        haze = rectangle(0, top + 30, WIDTH, HEIGHT)
        canvas.spray(haze, UMBER, (0, top + 30), (0, HEIGHT + 120), 0.6)


def _draw_ear(canvas: Canvas, x: float, y: float, scale: float, colour: Colour) -> None:
    """Draw one ear whose lowest grain is at (x, y), on a stalk that leaves the sheet."""
    lean = canvas.random.uniform(-4, 16)
    stalk = smooth_path([(x - lean * 2, HEIGHT + 20), (x - lean * 0.4, y + 90), (x, y)])
    canvas.fill(ribbon(stalk, 6 * scale, 4 * scale), blend(colour, UMBER, 0.25))
    shade = blend(colour, UMBER, 0.35)
    for row in range(7):
        for side, tone in ((-1, colour), (1, shade)):
            grain = rotated(ellipse(0, -13, 7.5, 15), (0, 0), side * 30 + lean)
            spot = (x + lean * row * 0.2 * scale, y - row * 17 * scale)
            awn = rotated(ribbon([(0, -20), (0, -74)], 2.2, 0.6), (0, 0), side * (22 - row) + lean)
            canvas.fill(placed(awn, *spot, scale), blend(tone, CREAM, 0.3))
            canvas.fill(placed(grain, *spot, scale), tone)
    tip = rotated(ellipse(0, -13, 6.5, 15), (0, 0), lean)
    canvas.fill(placed(tip, x + lean * 1.4 * scale, y - 119 * scale, scale), colour)
