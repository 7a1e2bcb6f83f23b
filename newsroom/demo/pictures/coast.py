"""Scenes by the water: the fishing harbour at sundown and the lighthouse at night."""

from newsroom.demo.pictures.canvas import WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    ellipse,
    lens,
    placed,
    rectangle,
    reflection_of,
    ribbon,
    ridge,
    smooth_path,
)
from newsroom.demo.pictures.nature import (
    draw_birds,
    draw_boulder,
    draw_cypress,
    draw_glitter,
    draw_sea,
    draw_sun,
)
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    DEEP_SEA,
    DUSK,
    FOAM,
    GOLD,
    INK,
    MIST,
    NIGHT,
    OCHRE,
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


def draw_harbour(canvas: Canvas) -> None:
    """Draw fishing boats at rest before an old town while the sun goes down."""
    horizon = 470
    canvas.backdrop([(0, SEA), (190, MIST), (330, GOLD), (470, ROSE)])
    draw_sun(canvas, 1090, 400, 88, GOLD)
    far_hills = ridge(canvas.random, 430, 70, 7)
    canvas.fill([*far_hills, (WIDTH, horizon), (-80, horizon)], blend(ROSE, DUSK, 0.45))
    draw_sea(canvas, horizon, blend(ROSE, SEA, 0.55), DEEP_SEA)
    draw_glitter(canvas, 1090, horizon + 6, 880, 190, CREAM)
    _draw_old_town(canvas, horizon + 14)
    _draw_boat(canvas, 820, 575, 0.42, BRICK)
    _draw_boat(canvas, 1380, 640, 0.62, NIGHT)
    _draw_boat(canvas, 610, 730, 1.06, TERRACOTTA)
    _draw_quay(canvas)
    draw_birds(canvas, [(820, 190, 34), (910, 150, 22), (700, 240, 20), (1330, 250, 26)], INK)


def _draw_old_town(canvas: Canvas, waterline: float) -> None:
    """Draw houses stepped up a headland on the left, with their reflection."""
    headland = smooth_path(
        [(-40, 300), (140, 285), (330, 350), (500, 430), (640, waterline), (700, waterline)]
    )
    land = [*headland, (-40, waterline)]
    canvas.fill(land, blend(DEEP_SEA, INK, 0.35))
    walls = [PAPER, SAND, ROSE, CREAM, OCHRE]
    _draw_dome(canvas, 136, 250)
    for row in range(4):
        ground = 345 + row * 45
        for column in range(9 + row):
            x = -30 + column * 58 + canvas.random.uniform(-8, 8)
            if x < 150 + row * 118:
                height = canvas.random.uniform(60, 105)
                wall = blend(canvas.random.choice(walls), DUSK, 0.22)
                draw_house(canvas, x, ground, canvas.random.uniform(48, 66), height, wall)
    for x, height in ((78, 150), (420, 120), (452, 95)):
        draw_cypress(canvas, x, 300 + x * 0.24, height, blend(DEEP_SEA, INK, 0.5))
    canvas.fill(rectangle(-40, waterline - 18, 660, waterline), blend(SAND, INK, 0.45))
    canvas.wash(reflection_of(land, waterline, 0.55), INK, 0.3)


def _draw_dome(canvas: Canvas, x: float, ground: float) -> None:
    drum = rectangle(x - 46, ground - 40, x + 46, ground + 70)
    dome = ellipse(x, ground - 40, 46, 50, 180, 360)
    for part, colour in ((drum, blend(PAPER, DUSK, 0.2)), (dome, SEA)):
        canvas.fill(part, colour)
        canvas.spray(part, INK, (x - 20, ground), (x + 80, ground), 0.7)


def _draw_boat(canvas: Canvas, x: float, waterline: float, scale: float, paint: Colour) -> None:
    """Draw a wooden fishing boat with a cabin, its bow to the right, and its reflection."""
    hull = _hull()
    cabin: Outline = [(-120, -66), (-112, -140), (-6, -140), (6, -62)]
    mirrored = reflection_of(placed(hull, x, waterline, scale), waterline, 0.85)
    canvas.spray(mirrored, INK, (x, waterline + 110 * scale), (x, waterline), 0.85)
    for drop in range(4):
        ripple = lens(
            x + drop * 9 * scale, waterline + (108 + drop * 26) * scale, 70 - drop * 14, 3
        )
        canvas.wash(ripple, INK, 0.4)
    mast = ribbon([(52, -50), (46, -330)], 11, 6)
    boom = ribbon([(50, -92), (178, -210)], 8, 4)
    stays = [ribbon([(46, -325), (end, -74)], 2.2) for end in (-205, 226)]
    for part in (mast, boom, *stays):
        canvas.fill(placed(part, x, waterline, scale), INK)
    walls = placed(cabin, x, waterline, scale)
    canvas.fill(walls, CREAM)
    canvas.spray(walls, INK, (x - 40 * scale, waterline), (x - 190 * scale, waterline), 0.7)
    canvas.fill(placed(rectangle(-132, -152, 6, -138), x, waterline, scale), paint)
    for left in (-96, -52):
        canvas.fill(placed(rectangle(left, -124, left + 30, -94), x, waterline, scale), NIGHT)
    body = placed(hull, x, waterline, scale)
    canvas.fill(body, paint)
    canvas.spray(body, INK, (x, waterline - 60 * scale), (x, waterline + 12 * scale), 0.85)
    _draw_hull_lines(canvas, x, waterline, scale)


def _hull() -> Outline:
    sheer = smooth_path([(-236, -86), (-150, -62), (0, -52), (140, -72), (256, -128)])
    keel = smooth_path([(256, -128), (214, -50), (150, 8), (0, 16), (-170, 8), (-236, -86)])
    return sheer + keel


def _draw_hull_lines(canvas: Canvas, x: float, waterline: float, scale: float) -> None:
    gunwale = smooth_path([(-238, -88), (-150, -64), (0, -54), (140, -74), (260, -132)])
    strake = smooth_path([(-228, -68), (-150, -46), (0, -36), (140, -54), (240, -98)])
    canvas.fill(placed(ribbon(gunwale, 13, 15), x, waterline, scale), CREAM)
    canvas.fill(placed(ribbon(strake, 4, 5), x, waterline, scale), GOLD)
    for offset in (-150, -60, 90):
        tyre = placed(ellipse(offset, -26, 17, 19), x, waterline, scale)
        hole = placed(ellipse(offset, -26, 8, 9), x, waterline, scale)
        canvas.fill(tyre, INK)
        canvas.fill(hole, BRICK)


def _draw_quay(canvas: Canvas) -> None:
    """Draw the stone edge in the foreground with a bollard, a rope and fish crates."""
    stone = [(-10, 820), (520, 836), (1000, 862), (1250, 900), (-10, 900)]
    canvas.fill(stone, blend(UMBER, INK, 0.4))
    canvas.spray(stone, INK, (200, 826), (240, 910), 0.8)
    canvas.fill(ribbon(stone[:4], 9, 5), blend(SAND, INK, 0.15))
    for x in (70, 260, 480, 690, 880):
        canvas.fill(ribbon([(x, 826 + x * 0.02), (x + 14, 900)], 3), INK)
    rope = smooth_path([(170, 800), (250, 812), (330, 760), (392, 664)])
    canvas.fill(ribbon(rope, 7, 4), SAND)
    bollard = [(138, 838), (146, 786), (128, 776), (128, 756), (212, 756), (212, 776), (194, 786)]
    canvas.fill([*bollard, (202, 838)], INK)
    canvas.fill(rectangle(128, 756, 212, 763), DUSK)
    canvas.fill(ribbon([(140, 806), (200, 800)], 12), SAND)
    for left, top, colour in ((300, 792, OCHRE), (408, 796, SEA), (352, 742, TERRACOTTA)):
        _draw_crate(canvas, left, top, colour)


def _draw_crate(canvas: Canvas, left: float, top: float, colour: Colour) -> None:
    box = rectangle(left, top, left + 104, top + 50)
    canvas.fill(box, colour)
    canvas.spray(box, INK, (left + 90, top), (left - 30, top + 30), 0.9)
    canvas.fill(rectangle(left + 34, top + 10, left + 70, top + 20), INK)
    canvas.fill(rectangle(left, top, left + 104, top + 4), blend(colour, CREAM, 0.5))


def draw_lighthouse(canvas: Canvas) -> None:
    """Draw a lighthouse on its rock, sweeping a night sea where one small ship passes."""
    horizon = 610
    canvas.backdrop([(0, INK), (330, NIGHT), (520, DEEP_SEA), (610, SEA)])
    _draw_stars(canvas, 420)
    lamp = (1150, 228)
    _draw_beams(canvas, lamp)
    draw_sea(canvas, horizon, blend(SEA, DEEP_SEA, 0.6), INK)
    _draw_ship(canvas, 300, horizon + 3)
    draw_glitter(canvas, 392, horizon + 12, 720, 34, GOLD)
    _draw_rock(canvas)
    _draw_tower(canvas, *lamp)


def _draw_stars(canvas: Canvas, lowest: float) -> None:
    for _ in range(90):
        x, y = canvas.random.uniform(0, WIDTH), canvas.random.random() ** 1.4 * lowest
        canvas.wash(ellipse(x, y, canvas.random.uniform(0.8, 2.6)), CREAM, 1 - y / lowest / 1.4)


def _draw_beams(canvas: Canvas, lamp: tuple[float, float]) -> None:
    x, y = lamp
    for near, far in (((-60, 300), (-60, 10)), ((1700, 345), (1700, 150))):
        beam = [(x, y - 12), near, far, (x, y + 12)] if near[1] < far[1] else [lamp, far, near]
        end = (x + (near[0] - x) * 1.0, (near[1] + far[1]) / 2)
        canvas.wash(beam, GOLD, 0.1)
        canvas.spray(beam, GOLD, end, lamp, 0.85)
    canvas.glow(x, y, 330, GOLD, 0.75)


def _draw_ship(canvas: Canvas, x: float, waterline: float) -> None:
    hull = [
        (x, waterline - 30),
        (x + 210, waterline - 38),
        (x + 184, waterline),
        (x + 16, waterline),
    ]
    canvas.fill(hull, INK)
    canvas.fill(rectangle(x + 22, waterline - 74, x + 82, waterline - 30), INK)
    canvas.fill(rectangle(x + 46, waterline - 98, x + 64, waterline - 72), BRICK)
    canvas.fill(ribbon([(x + 150, waterline - 34), (x + 150, waterline - 84)], 3), INK)
    for offset in range(0, 48, 15):
        canvas.fill(
            rectangle(x + 30 + offset, waterline - 64, x + 38 + offset, waterline - 56), GOLD
        )
    canvas.glow(x + 92, waterline - 50, 60, GOLD, 0.5)


def _draw_rock(canvas: Canvas) -> None:
    """Draw the headland under the tower, boulder by boulder, and the surf around it."""
    rock = [(760, 910), (850, 800), (960, 710), (1040, 664), (1310, 654), (1420, 690), (1610, 740)]
    stone = blend(INK, UMBER, 0.5)
    canvas.fill([*rock, (1610, 910)], stone)
    boulders = [(1500, 770, 260, 90), (1340, 740, 260, 90), (1080, 730, 230, 90)]
    boulders += [(1210, 760, 250, 100), (960, 800, 220, 110), (1420, 850, 300, 120)]
    boulders += [(1120, 850, 280, 120), (860, 880, 230, 100), (1270, 910, 320, 110)]
    boulders += [(990, 920, 260, 90), (1540, 930, 260, 100)]
    for x, ground, width, height in boulders:
        draw_boulder(canvas, x, ground, width, height, stone, blend(SAND, DUSK, 0.45))
    for x, y, width in ((760, 884, 150), (700, 850, 70), (900, 905, 170), (620, 874, 60)):
        for lift in (0, 9):
            foam = lens(x + lift * 2, y - lift, width * (1 - lift / 20), 6 - lift / 3)
            canvas.wash(foam, FOAM, 0.95 - lift / 20)


def _draw_tower(canvas: Canvas, x: float, lamp: float) -> None:
    """Draw the banded tower, its lantern at height `lamp`, and the keeper's house."""
    draw_house(canvas, x + 66, 664, 176, 92, blend(PAPER, DUSK, 0.35), light=GOLD)
    roof = [(x + 52, 574), (x + 90, 530), (x + 222, 530), (x + 258, 574)]
    canvas.fill(roof, BRICK)
    ground, top = 662, lamp + 40
    shaft = [(x - 76, ground), (x - 40, top), (x + 40, top), (x + 76, ground)]
    canvas.fill(shaft, CREAM)
    for share in (0.18, 0.5, 0.82):
        _draw_band(canvas, x, ground, top, share)
    canvas.spray(shaft, INK, (x - 34, top), (x + 78, top + 40), 0.9)
    for slit in (350, 470, 590):
        canvas.fill(rectangle(x - 9, slit, x + 9, slit + 32), INK)
    canvas.fill(rectangle(x - 62, top - 8, x + 62, top + 8), INK)
    canvas.fill(rectangle(x - 30, lamp - 40, x + 30, top - 8), CREAM)
    canvas.glow(x, lamp, 62, GOLD, 1)
    for offset in (-30, -11, 9, 27):
        canvas.fill(rectangle(x + offset, lamp - 40, x + offset + 4, top - 8), INK)
    for rail in (top - 30, top - 20):
        canvas.fill(ribbon([(x - 58, rail), (x + 58, rail)], 2.5), INK)
    canvas.fill(ellipse(x, lamp - 38, 40, 40, 180, 360), BRICK)
    canvas.fill(ribbon([(x, lamp - 76), (x, lamp - 112)], 6, 2), INK)


def _draw_band(canvas: Canvas, x: float, ground: float, top: float, share: float) -> None:
    low, high = ground + (top - ground) * share, ground + (top - ground) * (share + 0.17)
    low_half, high_half = 76 - 36 * share, 76 - 36 * (share + 0.17)
    band = [(x - low_half, low), (x - high_half, high), (x + high_half, high), (x + low_half, low)]
    canvas.fill(band, TERRACOTTA)
