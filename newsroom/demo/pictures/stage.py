"""Staged scenes: an actor in his light, and a telephone that keeps a secret."""

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    ellipse,
    rectangle,
    ribbon,
    smooth_loop,
    smooth_path,
)
from newsroom.demo.pictures.nature import draw_hills
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    DEEP_SEA,
    DUSK,
    FOAM,
    GOLD,
    INK,
    NIGHT,
    OCHRE,
    PAPER,
    SAND,
    SEA,
    TERRACOTTA,
    UMBER,
    blend,
)
from newsroom.demo.pictures.town import draw_person, person


def draw_theatre(canvas: Canvas) -> None:
    """Draw a lone actor in a cone of light, seen over the heads of a full house."""
    canvas.backdrop([(0, INK), (500, blend(NIGHT, BRICK, 0.35)), (900, INK)])
    _draw_stage_set(canvas)
    boards = [(250, 640), (1350, 640), (1500, 760), (100, 760)]
    canvas.fill(boards, blend(OCHRE, UMBER, 0.4))
    for index in range(-9, 10):
        canvas.fill(ribbon([(800 + index * 62, 640), (800 + index * 80, 760)], 2), UMBER)
    canvas.spray(boards, INK, (800, 700), (1500, 720), 0.9)
    canvas.spray(boards, INK, (800, 700), (100, 720), 0.9)
    canvas.fill(rectangle(0, 756, WIDTH, 800), blend(BRICK, INK, 0.55))
    canvas.fill(rectangle(0, 754, WIDTH, 762), OCHRE)
    _draw_cone(canvas)
    _draw_actor(canvas)
    _draw_curtains(canvas)
    _draw_audience(canvas)


def _draw_stage_set(canvas: Canvas) -> None:
    """Draw the painted scenery: a moon over the roofs of a town."""
    sky = rectangle(240, 120, 1360, 642)
    canvas.fill(sky, DEEP_SEA)
    canvas.spray(sky, INK, (0, 560), (0, 60), 0.9)
    canvas.glow(1090, 270, 210, PAPER, 0.5)
    canvas.fill(ellipse(1090, 270, 66), PAPER)
    for left, width, height in (
        (250, 130, 190),
        (372, 96, 260),
        (470, 140, 150),
        (980, 150, 170),
        (1120, 100, 240),
        (1210, 150, 200),
    ):
        wall = rectangle(left, 642 - height, left + width, 642)
        canvas.fill(wall, blend(NIGHT, SEA, 0.35))
        canvas.spray(wall, INK, (left, 600), (left + width, 560), 0.8)
        for row in range(int(height // 70)):
            canvas.fill(
                rectangle(left + 26, 664 - height + row * 66, left + 48, 696 - height + row * 66),
                GOLD,
            )


def _draw_cone(canvas: Canvas) -> None:
    cone = [(748, -20), (792, -20), (1010, 706), (560, 706)]
    canvas.wash(cone, GOLD, 0.14)
    canvas.spray(cone, CREAM, (780, 860), (770, -40), 0.55)
    canvas.fill(ellipse(785, 706, 226, 34), blend(GOLD, CREAM, 0.4))
    canvas.spray(ellipse(785, 706, 226, 34), OCHRE, (760, 700), (1000, 720), 0.8)


def _draw_actor(canvas: Canvas) -> None:
    """Draw the actor with one hand raised beside an empty chair."""
    canvas.wash([(770, 704), (810, 704), (1010, 736), (930, 744)], INK, 0.45)
    draw_person(canvas, 770, 708, 300, INK, figure=person(reach=True))
    coat = smooth_loop([(738, 462), (806, 462), (816, 560), (838, 650), (718, 650), (730, 560)])
    canvas.fill(coat, BRICK)
    canvas.spray(coat, INK, (770, 560), (850, 620), 0.95)
    for path in (
        [(900, 712), (896, 560)],
        [(896, 634), (962, 634), (968, 712)],
        [(944, 634), (946, 700)],
    ):
        canvas.fill(ribbon(path, 9), INK)
    canvas.fill(rectangle(890, 560, 904, 640), INK)


def _draw_curtains(canvas: Canvas) -> None:
    """Draw the two drawn curtains, their folds, and the swags above the stage."""
    for side in (-1, 1):
        for fold in range(7):
            outer, inner = 820 - fold * 56, 820 - (fold + 1) * 56
            waist = (0.78 + fold * 0.012, 0.78 + (fold + 1) * 0.012)
            strip = smooth_path(
                [(outer, -10), (outer * 0.99, 300), (outer * waist[0] + 170, 520), (outer, 770)]
            )
            edge = smooth_path(
                [
                    (inner, -10),
                    (inner * 0.98, 300),
                    (inner * waist[1] + 150, 520),
                    (inner + 30, 770),
                ]
            )
            outline = [(800 + side * x, y) for x, y in strip + edge[::-1]]
            canvas.fill(outline, TERRACOTTA if fold % 2 else blend(TERRACOTTA, BRICK, 0.6))
            middle = 800 + side * (outer + inner) / 2
            canvas.spray(outline, INK, (middle, 0), (middle + side * 70, 0), 0.8)
    for index in range(5):
        x = 160 + index * 320
        swag = ellipse(x, -10, 196, 150, 0, 180)
        canvas.fill(swag, blend(TERRACOTTA, BRICK, 0.35))
        canvas.spray(swag, INK, (x, 20), (x, 170), 0.85)
        canvas.fill(ribbon(ellipse(x, -10, 192, 146, 0, 180), 8), OCHRE)


def _draw_audience(canvas: Canvas) -> None:
    """Draw the backs of three rows of heads over their seats, darker as they come nearer."""
    for y, size, count, colour in (
        (806, 25, 24, blend(NIGHT, BRICK, 0.3)),
        (846, 34, 18, blend(NIGHT, INK, 0.5)),
        (900, 48, 13, INK),
    ):
        for index in range(count):
            x = WIDTH * (index + 0.5) / count + canvas.random.uniform(-0.3, 0.3) * size
            lift = canvas.random.uniform(-0.3, 0.2) * size
            canvas.fill(ellipse(x, y + lift - size * 0.6, size * 0.72, size * 0.86), colour)
            shoulders = smooth_loop(
                [
                    (x - size * 1.5, y + size * 1.4),
                    (x - size * 1.2, y + size * 0.5),
                    (x, y + size * 0.15),
                    (x + size * 1.2, y + size * 0.5),
                    (x + size * 1.5, y + size * 1.4),
                ]
            )
            canvas.fill([(px, py + lift) for px, py in shoulders], colour)
            rim = ellipse(x, y + lift - size * 0.6, size * 0.7, size * 0.84, 215, 325)
            canvas.wash(ribbon(rim, 3), GOLD, 0.4)


def draw_phone_privacy(canvas: Canvas) -> None:
    """Draw a telephone as tall as a house at night; its keyhole sheds light on one small person."""
    canvas.backdrop([(0, INK), (480, NIGHT), (700, blend(DEEP_SEA, DUSK, 0.4))])
    _draw_watching_lights(canvas)
    draw_hills(canvas, 690, 60, 5, blend(NIGHT, DEEP_SEA, 0.5), INK)
    ground = rectangle(0, 730, WIDTH, HEIGHT)
    canvas.fill(ground, blend(DEEP_SEA, INK, 0.35))
    canvas.spray(ground, INK, (0, 740), (0, 960), 0.9)
    _draw_phone(canvas, 640, 760)
    _draw_light_path(canvas, 640)
    run = [(724, 800), (752, 800), (1010, 868), (940, 880)]
    canvas.wash(run, INK, 0.55)
    draw_person(canvas, 738, 804, 150, INK, facing=-1, figure=person(0.5))
    _draw_curtain(canvas)


def _draw_watching_lights(canvas: Canvas) -> None:
    """Draw pairs of pale rings in the dark, like lenses turned towards the telephone."""
    lenses = [(1130, 190, 58), (1360, 330, 78), (1500, 130, 42), (1190, 450, 44), (1440, 540, 52)]
    for x, y, radius in lenses:
        canvas.glow(x, y, radius * 2.4, SEA, 0.4)
        for share, colour in ((1, DUSK), (0.86, INK), (0.6, DEEP_SEA), (0.3, INK)):
            canvas.fill(ellipse(x, y, radius * share), colour)
        canvas.fill(ellipse(x - radius * 0.3, y - radius * 0.28, radius * 0.13), FOAM)
        toward = [(x - radius, y - radius * 0.3), (x - radius, y + radius * 0.3)]
        canvas.spray([*toward, (850, 470), (850, 400)], SEA, (820, 430), (x, y), 0.22)


def _draw_phone(canvas: Canvas, x: float, ground: float) -> None:
    """Draw the telephone standing on the ground, its screen a door with a lit keyhole."""
    half, top = 190, 90
    canvas.fill(_rounded(x - half + 26, top + 4, x + half + 26, ground, 46), INK)
    canvas.fill(_rounded(x - half, top, x + half, ground, 46), blend(SAND, DUSK, 0.3))
    canvas.spray(_rounded(x - half, top, x + half, ground, 46), INK, (x, 300), (x + 330, 420), 0.9)
    screen = _rounded(x - half + 18, top + 18, x + half - 18, ground - 18, 32)
    canvas.fill(screen, TERRACOTTA)
    canvas.spray(screen, BRICK, (x - 100, 200), (x + 160, ground), 0.9)
    canvas.fill(_rounded(x - 44, top + 30, x + 44, top + 46, 8), INK)
    for left, upper, right, lower in ((-140, 190, 140, 300), (-140, 600, 140, 700)):
        panel = rectangle(x + left, upper, x + right, lower)
        canvas.wash(panel, BRICK, 0.7)
        canvas.fill(ribbon([panel[3], panel[2]], 4), blend(TERRACOTTA, GOLD, 0.4))
    canvas.glow(x, 440, 190, GOLD, 0.9)
    canvas.fill(ellipse(x, 440, 112), OCHRE)
    canvas.spray(ellipse(x, 440, 112), UMBER, (x - 20, 420), (x + 130, 540), 0.9)
    canvas.fill(ellipse(x, 440, 96), blend(OCHRE, UMBER, 0.25))
    for part in _keyhole(x, 440):
        canvas.fill(part, CREAM)


def _keyhole(x: float, y: float) -> list[Outline]:
    return [
        ellipse(x, y - 20, 30),
        [(x - 13, y - 6), (x + 13, y - 6), (x + 30, y + 62), (x - 30, y + 62)],
    ]


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """Return a rectangle with round corners."""
    return (
        ellipse(left + radius, top + radius, radius, radius, 180, 270)
        + ellipse(right - radius, top + radius, radius, radius, 270, 360)
        + ellipse(right - radius, bottom - radius, radius, radius, 0, 90)
        + ellipse(left + radius, bottom - radius, radius, radius, 90, 180)
    )


def _draw_light_path(canvas: Canvas, x: float) -> None:
    beam = [(x - 30, 500), (x + 30, 500), (x + 460, HEIGHT), (x - 60, HEIGHT)]
    canvas.spray(beam, GOLD, (x + 160, 980), (x, 440), 0.6)
    patch = [(x - 50, 762), (x + 312, 762), (x + 460, HEIGHT), (x - 60, HEIGHT)]
    canvas.wash(patch, GOLD, 0.3)


def _draw_curtain(canvas: Canvas) -> None:
    """Draw a curtain being drawn across the left, between the telephone and the lookers-on."""
    for fold in range(6):
        left, right = -30 + fold * 62, 36 + fold * 62
        strip: Outline = [
            (left, -10),
            (right, -10),
            (right - fold * 4, HEIGHT),
            (left - fold * 4, HEIGHT),
        ]
        canvas.fill(strip, blend(SEA, DEEP_SEA, 0.4 if fold % 2 else 0.75))
        canvas.spray(strip, INK, (left + 10, 0), (right + 30, 0), 0.85)
    canvas.fill(rectangle(-10, 22, WIDTH + 10, 34), OCHRE)
    for fold in range(7):
        canvas.fill(ribbon(smooth_loop(ellipse(-10 + fold * 58, 34, 11, 16)[:-1:4]), 4), GOLD)
