"""Scenes where people meet: the covered market and the football ground."""

from itertools import pairwise

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    Point,
    arch,
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
    draw_hills,
)
from newsroom.demo.pictures.palette import (
    BRICK,
    CREAM,
    DEEP_SEA,
    DUSK,
    GOLD,
    INK,
    MOSS,
    NIGHT,
    OCHRE,
    OLIVE,
    PAPER,
    ROSE,
    SAGE,
    SAND,
    SEA,
    TERRACOTTA,
    UMBER,
    Colour,
    blend,
)
from newsroom.demo.pictures.town import (
    draw_person,
    draw_person_shadow,
    person,
)


def draw_market(canvas: Canvas) -> None:
    """Draw a vaulted market street with stalls on both sides and light falling from above."""
    canvas.backdrop([(0, UMBER), (900, BRICK)])
    centre = (800.0, 480.0)
    _draw_vaults(canvas, centre)
    floor = [(-200, HEIGHT), (centre[0] - 120, 590), (centre[0] + 120, 590), (WIDTH + 200, HEIGHT)]
    canvas.fill(floor, SAND)
    canvas.spray(floor, UMBER, (0, 600), (0, 930), 0.95)
    for index in range(1, 7):
        y = 590 + 310 * (index / 7) ** 2
        half = 120 + 880 * (y - 590) / 310
        joint = ribbon([(centre[0] - half, y), (centre[0] + half, y)], 1 + index * 0.7)
        canvas.wash(joint, UMBER, 0.4)
    _draw_light_shafts(canvas)
    for side in (-1, 1):
        for distance in (3, 2, 1):
            _draw_stall(canvas, side, distance)
    _draw_shoppers(canvas)
    for x, y, size in ((800, 214, 0.55), (800, 150, 0.9)):
        _draw_hanging_lamp(canvas, x, y, size)


def _draw_vaults(canvas: Canvas, centre: Point) -> None:
    """Draw the arches one inside another, cooler and lighter with distance."""
    for index in range(7):
        nearness = 1 - index / 7
        half, top = 130 + 900 * nearness**1.9, centre[1] - 170 - 560 * nearness**1.9
        near, far = blend(BRICK, UMBER, 0.6), blend(SAND, GOLD, 0.4)
        tone = blend(far, near, nearness**0.7)
        opening = arch(centre[0] - half, top, centre[0] + half, HEIGHT, 0.95)
        canvas.fill(opening, blend(tone, CREAM, 0.16))
        inner = arch(
            centre[0] - half * 0.95, top + half * 0.05, centre[0] + half * 0.95, HEIGHT, 0.95
        )
        canvas.fill(inner, tone)
        canvas.spray(inner, UMBER, (centre[0], centre[1]), (centre[0], top - 40), 0.8)
    exit_arch = arch(centre[0] - 112, 320, centre[0] + 112, 600)
    canvas.fill(exit_arch, CREAM)
    canvas.spray(exit_arch, GOLD, (0, 340), (0, 640), 0.9)


def _draw_light_shafts(canvas: Canvas) -> None:
    for x, width, drop in ((620, 60, 250), (960, 90, 300), (1180, 130, 380)):
        shaft = [
            (x, -20),
            (x + width, -20),
            (x + width - drop * 0.6, 860),
            (x - drop * 0.6 - width, 860),
        ]
        canvas.spray(shaft, GOLD, (x, 860), (x, -60), 0.55)
        canvas.wash(ellipse(x - drop * 0.6, 850, width * 1.1, width * 0.18), GOLD, 0.3)


def _draw_stall(canvas: Canvas, side: int, distance: int) -> None:
    """Draw a stall with an awning and sloping crates; nearer ones are larger and further out."""
    scale = (1.5, 0.82, 0.46)[distance - 1]
    x = 800 + side * (620, 390, 262)[distance - 1]
    ground = (905, 748, 668)[distance - 1]
    table = [(-190, -70), (190, -70), (190, 0), (-190, 0)]
    canvas.fill(placed(table, x, ground, scale), UMBER)
    canvas.spray(placed(table, x, ground, scale), INK, (x, ground - 70 * scale), (x, ground), 0.9)
    for post in (-180, 180):
        canvas.fill(placed(rectangle(post - 5, -330, post + 5, 0), x, ground, scale), INK)
    produce = [TERRACOTTA, OLIVE, GOLD, OCHRE, BRICK, SAGE]
    for column in range(3):
        colour = produce[(column + distance * 2 + (side > 0)) % 6]
        _draw_produce(canvas, x + (column - 1) * 122 * scale, ground - 70 * scale, scale, colour)
    _draw_awning(
        canvas, x, ground - 310 * scale, scale, (SEA, TERRACOTTA, OCHRE)[distance - 1], side
    )


def _draw_produce(canvas: Canvas, x: float, ground: float, scale: float, colour: Colour) -> None:
    for row in range(4):
        for column in range(5 - row % 2):
            spot = (
                x + (column - 2 + row % 2 / 2) * 23 * scale,
                ground - (34 + row * 17) * scale,
            )
            fruit = ellipse(*spot, 13.5 * scale)
            canvas.fill(fruit, colour)
            canvas.spray(fruit, UMBER, spot, (spot[0] + 12 * scale, spot[1] + 14 * scale), 0.7)
            canvas.fill(
                ellipse(spot[0] - 4 * scale, spot[1] - 5 * scale, 3 * scale),
                blend(colour, CREAM, 0.6),
            )
    crate = placed([(-62, -40), (62, -40), (58, 4), (-58, 4)], x, ground, scale)
    canvas.fill(crate, SAND)
    canvas.spray(crate, UMBER, (x, ground - 50 * scale), (x, ground + 8 * scale), 0.8)
    canvas.fill(placed(rectangle(-60, -22, 60, -17), x, ground, scale), UMBER)


def _draw_awning(
    canvas: Canvas, x: float, y: float, scale: float, colour: Colour, side: int
) -> None:
    """Draw a striped awning with a scalloped edge whose upper rim is at `y`."""
    stripes = 10
    for index in range(stripes):
        left, right = -210 + 42 * index, -168 + 42 * index
        tone = colour if index % 2 else CREAM
        strip: Outline = [(left * 0.86, -70), (right * 0.86, -70), (right, 20), (left, 20)]
        canvas.fill(placed(strip, x, y, scale), tone)
        canvas.fill(placed(ellipse((left + right) / 2, 20, 21, 20, 0, 180), x, y, scale), tone)
    whole = placed([(-181, -70), (181, -70), (210, 40), (-210, 40)], x, y, scale)
    canvas.spray(whole, INK, (x - side * 20 * scale, y), (x + side * 330 * scale, y + 20), 0.85)


def _draw_shoppers(canvas: Canvas) -> None:
    people = [(776, 606, 84, 1, False), (828, 612, 90, -1, True), (726, 640, 120, 1, True)]
    people += [(905, 690, 170, -1, False), (648, 780, 250, 1, False), (760, 800, 256, 1, True)]
    for x, ground, height, facing, robe in people:
        canvas.wash(lens(x - height * 0.06, ground + 2, height * 0.34, height * 0.035), INK, 0.45)
        figure = person(0.6, robe=robe)
        draw_person(canvas, x, ground, height, INK, facing=facing, figure=figure)
        if height > 150:
            bag = [(0.13, -0.46), (0.27, -0.46), (0.3, -0.27), (0.1, -0.27)]
            paint = canvas.random.choice([TERRACOTTA, OCHRE, SEA])
            canvas.fill(placed([(px * facing, py) for px, py in bag], x, ground, height), paint)


def _draw_hanging_lamp(canvas: Canvas, x: float, y: float, scale: float) -> None:
    canvas.glow(x, y + 30 * scale, 150 * scale, GOLD, 0.8)
    canvas.fill(ribbon([(x, -10), (x, y)], 3), INK)
    canvas.fill(placed([(-12, 0), (12, 0), (46, 30), (-46, 30)], x, y, scale), INK)
    canvas.fill(placed(ellipse(0, 30, 24, 22, 0, 180), x, y, scale), CREAM)


def draw_football(canvas: Canvas) -> None:
    """Draw a shot on its way to the corner of the goal, the keeper at full stretch."""
    canvas.backdrop([(0, NIGHT), (200, DUSK), (360, ROSE), (430, GOLD)])
    draw_cloud(canvas, 330, 190, 380, blend(ROSE, CREAM, 0.4))
    draw_hills(canvas, 400, 90, 5, blend(DUSK, DEEP_SEA, 0.5), DEEP_SEA)
    _draw_stand(canvas, 452)
    _draw_pitch(canvas, 470)
    for x in (90, 760):
        _draw_floodlight(canvas, x, 452)
    _draw_goal(canvas)
    _draw_keeper(canvas, 1210, 520)
    draw_person_shadow(canvas, 440, 826, 320, -0.9, 0.1)
    _draw_striker(canvas, 440, 826, 320)
    _draw_ball(canvas)


def _draw_stand(canvas: Canvas, ground: float) -> None:
    """Draw the long low stand with its crowd as rows of dots."""
    canvas.fill([(150, 372), (720, 356), (720, ground), (150, ground)], blend(INK, UMBER, 0.4))
    coats = [TERRACOTTA, OCHRE, PAPER, SEA, ROSE, DUSK]
    for row in range(5):
        for column in range(38):
            x = 164 + column * 14.6 + canvas.random.uniform(-3, 3)
            y = 384 + row * 14 - column * 0.3
            canvas.fill(ellipse(x, y, 5), canvas.random.choice(coats))
    canvas.fill([(130, 352), (735, 330), (735, 346), (130, 368)], BRICK)
    boards = [SEA, CREAM, TERRACOTTA, OCHRE, CREAM, SEA, BRICK, GOLD]
    for index in range(16):
        left = index * 100
        canvas.fill(rectangle(left, ground, left + 97, ground + 24), boards[index % 8])


def _draw_pitch(canvas: Canvas, horizon: float) -> None:
    grass = rectangle(0, horizon, WIDTH, HEIGHT)
    canvas.fill(grass, OLIVE)
    for index in range(-9, 12, 2):
        near, far = 260.0, 62.0
        strip = [(800 + index * far, horizon), (800 + (index + 1) * far, horizon)]
        strip += [(800 + (index + 1) * near, HEIGHT), (800 + index * near, HEIGHT)]
        canvas.wash(strip, MOSS, 0.5)
    canvas.spray(grass, INK, (0, horizon + 40), (0, HEIGHT + 260), 0.9)
    canvas.fill(ribbon([(0, 520), (WIDTH, 520)], 5), CREAM)
    canvas.fill(ribbon([(800, 520), (648, 642)], 6, 9), CREAM)
    canvas.fill(ribbon([(650, 640), (WIDTH, 640)], 8), CREAM)
    canvas.fill(ellipse(560, 800, 15, 6), CREAM)


def _draw_floodlight(canvas: Canvas, x: float, ground: float) -> None:
    canvas.fill(ribbon([(x, ground), (x, 150)], 13, 7), INK)
    canvas.glow(x, 130, 210, CREAM, 0.75)
    canvas.fill(rectangle(x - 54, 96, x + 54, 166), INK)
    for row in range(2):
        for column in range(4):
            canvas.fill(ellipse(x - 39 + column * 26, 114 + row * 33, 10), CREAM)


def _draw_goal(canvas: Canvas) -> None:
    """Draw the goal and its net, the posts leaning back to a smaller rear frame."""
    left, right, top, ground = 1000, 1560, 250, 560
    back = [(left + 60, 520), (left + 60, 330), (right + 20, 330), (right + 20, 520)]
    net = [(left, top), (right, top), (right, ground), *back[3:1:-1], *back[1::-1], (left, ground)]
    canvas.wash(net, INK, 0.25)
    for index in range(25):
        share = index / 24
        foot = (left + 60 + (right - left - 40) * share, 520)
        head = (left + 60 + (right - left - 40) * share, 330)
        canvas.wash(ribbon([foot, head, (left + (right - left) * share, top)], 1.8), CREAM, 0.6)
    for index in range(9):
        y = 330 + index * 24
        canvas.wash(ribbon([(left + 60, y), (right + 20, y)], 1.8), CREAM, 0.6)
        canvas.wash(ribbon([(left, top + index * 38), (left + 60, y)], 1.8), CREAM, 0.6)
    frame = [(left, ground), (left, top), (right, top), (right, ground)]
    for start, end in pairwise(frame):
        canvas.fill(ribbon([start, end], 13), CREAM)
        canvas.fill(ellipse(*end, 6.5), CREAM)
    canvas.wash(
        [(left, ground), (right, ground), (right - 200, ground + 26), (left - 200, ground + 26)],
        INK,
        0.2,
    )


def _draw_keeper(canvas: Canvas, x: float, y: float) -> None:
    """Draw the keeper in mid-air, stretched towards the upper left corner."""
    canvas.wash(lens(x - 40, 566, 190, 12), INK, 0.4)
    parts = [ellipse(-60, -118, 21, 24), ribbon([(-46, -98), (30, -34)], 66, 50)]
    parts += [ribbon([(-62, -90), (-118, -150), (-160, -206)], 22, 14)]
    parts += [ribbon([(-30, -120), (-92, -176), (-140, -218)], 22, 14)]
    parts += [ribbon([(28, -44), (98, -20), (150, -44)], 36, 18)]
    parts += [ribbon([(24, -20), (84, 24), (156, 26)], 36, 18)]
    for index, part in enumerate(parts):
        canvas.fill(placed(part, x, y), TERRACOTTA if index == 1 else INK)
    for glove in ((-166, -214), (-148, -226)):
        canvas.fill(placed(ellipse(*glove, 16), x, y), GOLD)


def _draw_striker(canvas: Canvas, x: float, ground: float, height: float) -> None:
    """Draw the striker after the kick, one leg swung through."""
    limbs = [ribbon([(-0.03, -0.46), (-0.09, -0.25), (-0.14, -0.02)], 0.12, 0.055)]
    limbs += [ribbon([(0.05, -0.47), (0.22, -0.38), (0.42, -0.36)], 0.12, 0.05)]
    limbs += [ribbon([(0.38, -0.37), (0.46, -0.43)], 0.055, 0.035)]
    limbs += [ribbon([(-0.17, -0.015), (-0.05, -0.015)], 0.035)]
    limbs += [ribbon([(-0.08, -0.78), (-0.26, -0.66), (-0.36, -0.76)], 0.065, 0.035)]
    limbs += [ribbon([(0.06, -0.78), (0.2, -0.66), (0.16, -0.52)], 0.065, 0.035)]
    for limb in [*limbs, ellipse(-0.02, -0.93, 0.062, 0.074), rectangle(-0.05, -0.88, 0.01, -0.8)]:
        canvas.fill(placed(limb, x, ground, height), INK)
    shirt = smooth_loop(
        [(-0.12, -0.83), (0.09, -0.84), (0.11, -0.62), (0.1, -0.46), (-0.08, -0.46), (-0.12, -0.62)]
    )
    canvas.fill(placed(shirt, x, ground, height), CREAM)
    canvas.spray(
        placed(shirt, x, ground, height), DUSK, (x, ground), (x - height * 0.16, ground), 0.9
    )
    shorts = [(-0.09, -0.5), (0.1, -0.5), (0.2, -0.36), (0.05, -0.33), (-0.1, -0.32)]
    canvas.fill(placed(shorts, x, ground, height), BRICK)


def _draw_ball(canvas: Canvas) -> None:
    """Draw the ball in flight with the trace of its path."""
    x, y, radius = 940, 330, 34
    for index in range(3):
        path = smooth_path(
            [(610 + index * 6, 690 - index * 10), (760, 490 - index * 14), (916, 352 - index * 16)]
        )
        canvas.wash(ribbon(path, 1, 8 - index * 2), CREAM, 0.55)
    canvas.wash(lens(x + 20, 600, 44, 6), INK, 0.4)
    canvas.fill(ellipse(x, y, radius), CREAM)
    pentagon = [rotated([(0, -13)], (0, 0), 72 * index + 10)[0] for index in range(5)]
    canvas.fill(placed(pentagon, x - 3, y + 2), INK)
    for index in range(5):
        spoke = rotated([(0, -13), (0, -25)], (0, 0), 72 * index + 10)
        canvas.fill(placed(ribbon(spoke, 3), x - 3, y + 2), INK)
        patch = rotated([(-9, -27), (9, -27), (5, -33), (-5, -33)], (0, 0), 72 * index + 10)
        canvas.fill(placed(patch, x, y), INK)
    canvas.spray(ellipse(x, y, radius), UMBER, (x - 6, y - 8), (x + 30, y + 40), 0.8)
