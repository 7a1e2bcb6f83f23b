"""Scenes of the dry plain and the mountains: the water tower and the road to the pass."""

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    Point,
    between,
    ellipse,
    lens,
    rectangle,
    ribbon,
    shadow_of,
    smooth_path,
)
from newsroom.demo.pictures.nature import (
    draw_birds,
    draw_cypress,
    draw_hills,
)
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    DEEP_SEA,
    DUSK,
    GOLD,
    INK,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    OLIVE,
    PAPER,
    ROSE,
    SAND,
    SEA,
    TERRACOTTA,
    UMBER,
    Colour,
    blend,
)
from newsroom.demo.pictures.town import draw_house


def draw_water_tower(canvas: Canvas) -> None:
    """Draw a concrete water tower against a pale sun, its pipe crossing dry fields."""
    canvas.backdrop([(0, blend(TERRACOTTA, ROSE, 0.5)), (330, ROSE), (560, GOLD)])
    canvas.glow(1080, 330, 520, CREAM, 0.55)
    canvas.fill(ellipse(1080, 330, 236), blend(GOLD, CREAM, 0.75))
    draw_hills(canvas, 560, 70, 6, blend(ROSE, DUSK, 0.4), blend(TERRACOTTA, DUSK, 0.5))
    _draw_village(canvas, 628)
    field = rectangle(-10, 620, WIDTH + 10, HEIGHT)
    canvas.fill(field, blend(OCHRE, SAND, 0.3))
    _draw_furrows(canvas, (1080, 560))
    canvas.spray(field, UMBER, (0, 640), (0, 960), 0.75)
    _draw_pipe(canvas)
    _draw_tower(canvas, 1080, 720)
    draw_birds(canvas, [(560, 210, 26), (630, 250, 18), (500, 265, 15)], INK)


def _draw_village(canvas: Canvas, ground: float) -> None:
    for x, width, height in (
        (60, 120, 70),
        (170, 84, 104),
        (250, 130, 64),
        (400, 90, 82),
        (500, 120, 56),
        (640, 76, 70),
        (1340, 110, 66),
        (1450, 90, 92),
    ):
        wall = blend(canvas.random.choice([PAPER, SAND, ROSE]), DUSK, 0.2)
        draw_house(canvas, x, ground, width, height, wall)
        tank = x + width * canvas.random.uniform(0.2, 0.6)
        canvas.fill(rectangle(tank, ground - height - 20, tank + 24, ground - height - 6), NIGHT)
        for leg in (tank + 3, tank + 19):
            canvas.fill(rectangle(leg, ground - height - 7, leg + 3, ground - height), NIGHT)
    for x, height in ((30, 140), (372, 120), (604, 100), (1560, 150), (1310, 96)):
        draw_cypress(canvas, x, ground, height, MOSS)


def _draw_furrows(canvas: Canvas, vanishing: Point) -> None:
    for index in range(-16, 20):
        foot = (vanishing[0] + index * 170, HEIGHT + 20)
        start = between(vanishing, foot, 0.2)
        strip = [start, (foot[0], foot[1]), (foot[0] + 84, foot[1])]
        canvas.fill(strip, blend(OCHRE, TERRACOTTA, 0.45))


def _draw_pipe(canvas: Canvas) -> None:
    """Draw the water main that comes from the foreground to the foot of the tower."""
    path = [(-60, 868), (560, 790), (1010, 726)]
    canvas.wash(ribbon([(x + 20, y + 40) for x, y in path], 40, 14), INK, 0.35)
    canvas.fill(ribbon(path, 56, 18), SEA)
    canvas.wash(
        ribbon([(x, y - 14 + index * 5) for index, (x, y) in enumerate(path)], 9, 3), CREAM, 0.6
    )
    canvas.wash(
        ribbon([(x, y + 18 - index * 6) for index, (x, y) in enumerate(path)], 16, 5), INK, 0.35
    )
    for share, size in ((0.08, 1.0), (0.4, 0.84), (0.72, 0.66)):
        x, y = between((-60, 868), (560, 790), share)
        canvas.fill(rectangle(x - 9 * size, y - 37 * size, x + 9 * size, y + 37 * size), DEEP_SEA)
    for x, y, size in ((300, 850, 44), (690, 794, 30)):
        canvas.fill(
            [
                (x - size, y + 14),
                (x - size * 0.6, y - 16),
                (x + size * 0.6, y - 16),
                (x + size, y + 14),
            ],
            blend(SAND, UMBER, 0.4),
        )


def _draw_tower(canvas: Canvas, x: float, ground: float) -> None:
    """Draw the tower: four raking legs with braces, a bowl, a drum and a shallow roof."""
    legs = [[(x + foot, ground), (x + foot * 0.62, 380)] for foot in (-150, -62, 62, 150)]
    for leg in legs:
        canvas.wash(shadow_of(ribbon(leg, 24, 20), ground, -1.1, 0.3), INK, 0.3)
    for leg, tone in zip(legs, (NIGHT, INK, INK, NIGHT), strict=True):
        canvas.fill(ribbon(leg, 24, 20), tone)
    for y, half in ((620, 136), (510, 118)):
        canvas.fill(rectangle(x - half, y, x + half, y + 13), NIGHT)
        canvas.fill(ribbon([(x - half, y + 8), (x + half * 0.85, y - 104)], 6), INK)
        canvas.fill(ribbon([(x + half, y + 8), (x - half * 0.85, y - 104)], 6), INK)
    bowl = smooth_path(
        [
            (x - 190, 330),
            (x - 150, 385),
            (x - 70, 418),
            (x + 70, 418),
            (x + 150, 385),
            (x + 190, 330),
        ]
    )
    drum = rectangle(x - 190, 214, x + 190, 334)
    roof = [(x - 208, 216), (x - 60, 150), (x + 60, 150), (x + 208, 216)]
    for part, colour in ((bowl, blend(PAPER, ROSE, 0.35)), (drum, PAPER), (roof, TERRACOTTA)):
        canvas.fill(part, colour)
        canvas.spray(part, INK, (x + 150, 260), (x - 230, 300), 0.9)
    canvas.fill(rectangle(x - 198, 324, x + 198, 340), BRICK)
    canvas.fill(ellipse(x, 150, 26, 18, 180, 360), BRICK)
    for rail in (x + 96, x + 118):
        canvas.fill(ribbon([(rail, 214), (rail, ground)], 4), INK)
    for y in range(226, int(ground), 20):
        canvas.fill(ribbon([(x + 96, y), (x + 118, y)], 3), INK)


def draw_mountain_road(canvas: Canvas) -> None:
    """Draw a road that winds up through misty ranges, with one bus on its way."""
    canvas.backdrop([(0, blend(DUSK, SEA, 0.4)), (220, MIST), (380, CREAM)])
    canvas.glow(420, 200, 330, CREAM, 0.8)
    canvas.fill(ellipse(420, 200, 62), CREAM)
    _draw_peaks(canvas)
    for crest, rise, colour in ((430, 90, MIST), (500, 100, blend(SEA, MIST, 0.5)), (570, 90, SEA)):
        draw_hills(canvas, crest, rise, 5, colour, blend(colour, DEEP_SEA, 0.7))
        haze = rectangle(0, crest + 10, WIDTH, crest + 140)
        canvas.spray(haze, CREAM, (0, crest + 10), (0, crest + 150), 0.4)
    slope = smooth_path(
        [(-40, 700), (220, 640), (520, 600), (820, 500), (1080, 430), (1300, 400), (1640, 330)]
    )
    mountain = [*slope, (1640, HEIGHT), (-40, HEIGHT)]
    canvas.fill(mountain, OLIVE)
    canvas.spray(mountain, MOSS, (1000, 440), (1180, 900), 1)
    _draw_road(canvas)
    _draw_bus(canvas, 640, 716)
    _draw_pines(canvas)


def _draw_peaks(canvas: Canvas) -> None:
    """Draw the far summits, each lit from the left and capped with the last snow."""
    stone = blend(DUSK, MIST, 0.35)
    for x, top, half in ((1450, 230, 330), (180, 290, 330), (760, 200, 380), (1110, 150, 430)):
        fall = 560 - top
        left = [(-1, 1), (-0.62, 0.6), (-0.5, 0.56), (-0.26, 0.26), (-0.17, 0.24), (0, 0)]
        right = [(0.12, 0.15), (0.24, 0.2), (0.45, 0.46), (0.56, 0.5), (1, 1)]
        spine = [(0.05, 0.2), (-0.03, 0.36), (0.08, 0.6), (0.02, 1)]
        scaled = [
            [(x + px * half, top + py * fall) for px, py in part] for part in (left, right, spine)
        ]
        canvas.fill(scaled[0] + scaled[1], stone)
        canvas.fill(scaled[0] + scaled[2], blend(stone, CREAM, 0.28))
        crown = [(-0.26, 0.26), (-0.17, 0.24), (0, 0), (0.12, 0.15), (0.24, 0.2), (0.34, 0.33)]
        crown += [
            (0.22, 0.3),
            (0.16, 0.42),
            (0.05, 0.28),
            (-0.06, 0.46),
            (-0.14, 0.33),
            (-0.3, 0.42),
        ]
        snow = [(x + px * half, top + py * fall) for px, py in crown]
        canvas.fill(snow, CREAM)
        shaded = [snow[2], snow[3], snow[4], snow[5], snow[6], snow[7], snow[8]]
        canvas.spray(shaded, DUSK, snow[2], snow[6], 0.9)


def _draw_road(canvas: Canvas) -> None:
    """Draw the hairpins from the foreground up to the pass."""
    bends = [(430, 930), (760, 820), (1240, 790), (1380, 742), (1180, 702), (700, 722), (540, 684)]
    bends += [
        (700, 646),
        (1060, 622),
        (1250, 590),
        (1160, 560),
        (930, 556),
        (880, 532),
        (1020, 508),
    ]
    bends += [(1210, 480), (1340, 440), (1420, 392)]
    path = smooth_path(bends, 14)
    for extra, colour in ((22, MOSS), (8, SAND), (0, DUSK)):
        _draw_lane(canvas, path, extra, colour)
    for index in range(2, len(path) - 4, 6):
        share = index / len(path)
        canvas.fill(ribbon(path[index : index + 3], 5 * (1 - share) ** 1.3 + 0.8), CREAM)


def _draw_lane(canvas: Canvas, path: Outline, extra: float, colour: Colour) -> None:
    """Draw the road piece by piece, for a single outline would cross itself in the bends."""
    for index in range(len(path) - 1):
        share = index / len(path)
        width = 92 * (1 - share) ** 1.5 + 8
        edge = extra * (1 - share * 0.8)
        drop = edge * 0.5 if colour == MOSS else 0
        piece = [(x, y + drop) for x, y in path[index : index + 2]]
        canvas.fill(ribbon(piece, (width + edge) * 0.62), colour)
        canvas.fill(ellipse(*piece[1], (width + edge) * 0.34, (width + edge) * 0.3), colour)


def _draw_bus(canvas: Canvas, x: float, ground: float) -> None:
    canvas.wash(lens(x + 24, ground + 2, 96, 9), INK, 0.5)
    body = [
        (x - 78, ground - 10),
        (x - 80, ground - 66),
        (x + 66, ground - 66),
        (x + 78, ground - 36),
    ]
    shell = [*body, (x + 80, ground - 10)]
    canvas.fill(shell, TERRACOTTA)
    canvas.spray(shell, INK, (x, ground - 50), (x + 60, ground + 14), 0.7)
    canvas.fill(rectangle(x - 80, ground - 30, x + 79, ground - 24), CREAM)
    for left in range(-68, 40, 24):
        canvas.fill(rectangle(x + left, ground - 58, x + left + 18, ground - 38), NIGHT)
    canvas.fill(
        [
            (x + 52, ground - 58),
            (x + 64, ground - 58),
            (x + 72, ground - 38),
            (x + 52, ground - 38),
        ],
        NIGHT,
    )
    for left, width, colour in ((-62, 34, OCHRE), (-20, 46, SEA), (34, 22, SAND)):
        canvas.fill(rectangle(x + left, ground - 80, x + left + width, ground - 66), colour)
    for wheel in (x - 48, x + 48):
        canvas.fill(ellipse(wheel, ground - 9, 13), INK)
        canvas.fill(ellipse(wheel, ground - 9, 5), SAND)


def _draw_pines(canvas: Canvas) -> None:
    """Draw pines that thicken towards the lower corners and frame the road."""
    stand = [
        (1480, 560, 90),
        (1540, 600, 120),
        (1440, 640, 110),
        (1520, 720, 170),
        (1590, 700, 190),
    ]
    stand += [(60, 730, 150), (150, 720, 130), (240, 712, 110), (330, 700, 84), (1450, 800, 220)]
    stand += [(90, 860, 300), (10, 880, 340), (230, 890, 250), (1570, 900, 330), (1340, 910, 210)]
    for x, ground, height in stand:
        _draw_pine(canvas, x, ground, height)


def _draw_pine(canvas: Canvas, x: float, ground: float, height: float) -> None:
    canvas.fill(
        rectangle(x - height * 0.025, ground - height * 0.2, x + height * 0.025, ground), UMBER
    )
    tone = blend(MOSS, DEEP_SEA, canvas.random.uniform(0.2, 0.6))
    for tier in range(4):
        half = height * (0.24 - tier * 0.045)
        foot = ground - height * (0.12 + tier * 0.2)
        skirt = [
            (x - half, foot),
            (x, foot - height * 0.34),
            (x + half, foot),
            (x, foot + half * 0.2),
        ]
        canvas.fill(skirt, tone)
        canvas.spray(skirt, INK, (x - half * 0.3, foot), (x + half, foot), 0.85)
