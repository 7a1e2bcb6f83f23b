"""Scenes of public rooms: the library and the council's hall."""

from newsroom.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from newsroom.demo.pictures.geometry import (
    Outline,
    Point,
    arch,
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
from newsroom.demo.pictures.nature import draw_cypress
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
    SAGE,
    SAND,
    SEA,
    TERRACOTTA,
    UMBER,
    blend,
)


def draw_library(canvas: Canvas) -> None:
    """Draw a reader at a long table between tall shelves, under a great arched window."""
    canvas.backdrop([(0, blend(UMBER, INK, 0.3)), (900, UMBER)])
    _draw_library_window(canvas)
    for left, right in ((-20, 520), (1080, 1620)):
        _draw_bookcase(canvas, left, right)
    floor = rectangle(0, 720, WIDTH, HEIGHT)
    canvas.fill(floor, blend(TERRACOTTA, UMBER, 0.55))
    canvas.spray(floor, INK, (0, 720), (0, 960), 0.9)
    pool = [(560, 722), (1040, 722), (1280, HEIGHT), (620, HEIGHT)]
    canvas.spray(pool, GOLD, (0, 930), (0, 700), 0.6)
    beam = [*ellipse(800, 280, 204, 204, 180, 360), (1290, HEIGHT), (640, HEIGHT)]
    canvas.spray(beam, CREAM, (0, 900), (0, -60), 0.4)
    _draw_library_ladder(canvas)
    _draw_reading_table(canvas)


def _draw_library_window(canvas: Canvas) -> None:
    """Draw the window at the end of the room, with a hill and cypresses outside."""
    canvas.fill(arch(566, 46, 1034, 724), blend(OCHRE, UMBER, 0.5))
    pane = arch(596, 76, 1004, 690)
    canvas.fill(pane, blend(MIST, CREAM, 0.55))
    canvas.spray(pane, GOLD, (0, 240), (0, 560), 0.8)
    hill = smooth_path([(596, 560), (720, 500), (860, 540), (1004, 470)])
    canvas.fill([*hill, (1004, 690), (596, 690)], SAGE)
    canvas.spray([*hill, (1004, 690), (596, 690)], OLIVE, (0, 500), (0, 690), 0.9)
    for x, height in ((660, 170), (702, 130), (950, 190)):
        draw_cypress(canvas, x, 640, height, MOSS)
    for x in (698, 800, 902):
        canvas.fill(rectangle(x - 6, 80, x + 6, 690), UMBER)
    for y in (280, 420, 560):
        canvas.fill(rectangle(596, y, 1004, y + 10), UMBER)
    canvas.fill(rectangle(556, 690, 1044, 722), blend(OCHRE, UMBER, 0.35))


def _draw_bookcase(canvas: Canvas, left: float, right: float) -> None:
    """Draw one wall of shelves, darker away from the window."""
    case = rectangle(left, -10, right, 724)
    canvas.fill(case, blend(UMBER, INK, 0.45))
    for row in range(6):
        floor = 112 + row * 122
        _draw_books(canvas, left + 22, right - 22, floor)
        canvas.fill(rectangle(left, floor, right, floor + 15), blend(OCHRE, UMBER, 0.45))
        canvas.wash(rectangle(left, floor + 15, right, floor + 30), INK, 0.45)
    middle = (left + right) / 2
    for x in (left, middle - 9, right - 18):
        canvas.fill(rectangle(x, -10, x + 18, 724), blend(OCHRE, UMBER, 0.55))
    near, far = (right, left) if left < 0 else (left, right)
    canvas.spray(case, INK, (near, 300), (far + (far - near) * 0.25, 300), 0.95)
    canvas.spray(case, GOLD, (middle, 300), (near + (near - middle), 300), 0.35)


def _draw_books(canvas: Canvas, left: float, right: float, floor: float) -> None:
    bindings = [TERRACOTTA, BRICK, OCHRE, SEA, DEEP_SEA, OLIVE, SAND, NIGHT, ROSE, DUSK]
    x = left
    while x < right - 16:
        width, height = canvas.random.uniform(15, 32), canvas.random.uniform(66, 98)
        width = min(width, right - x)
        colour = canvas.random.choice(bindings)
        spine = rectangle(x, floor - height, x + width - 2, floor)
        if canvas.random.random() < 0.06:
            spine = rotated(spine, (x + width, floor), 9)
            x += 12
        canvas.fill(spine, colour)
        for band in (0.16, 0.8):
            trim = [between(spine[0], spine[3], band), between(spine[1], spine[2], band)]
            canvas.fill(ribbon(trim, 4), blend(colour, CREAM, 0.55))
        x += width
        if canvas.random.random() < 0.04:
            x += 30


def _draw_library_ladder(canvas: Canvas) -> None:
    rails = [((1180, 760), (1270, 60)), ((1270, 772), (1346, 60))]
    for foot, head in rails:
        canvas.wash(ribbon([(foot[0] + 16, foot[1]), (head[0] + 22, head[1])], 11), INK, 0.4)
        canvas.fill(ribbon([foot, head], 12, 9), OCHRE)
    for step in range(1, 11):
        share = step / 11
        canvas.fill(ribbon([between(*rails[0], share), between(*rails[1], share)], 9), OCHRE)


def _draw_reading_table(canvas: Canvas) -> None:
    """Draw the table in the foreground with its lamp, its books and the reader behind it."""
    _draw_reader(canvas, 764, 770)
    board = [(300, 752), (1300, 752), (1380, 800), (220, 800)]
    canvas.fill(board, blend(OCHRE, TERRACOTTA, 0.35))
    canvas.spray(board, UMBER, (900, 780), (180, 780), 0.9)
    canvas.fill(rectangle(220, 800, 1380, 822), blend(UMBER, BRICK, 0.4))
    apron = rectangle(270, 822, 1330, HEIGHT)
    canvas.fill(apron, UMBER)
    canvas.spray(apron, INK, (800, 820), (800, 930), 0.9)
    canvas.glow(1000, 720, 330, GOLD, 0.75)
    canvas.wash(ellipse(960, 775, 260, 20), GOLD, 0.45)
    _draw_lamp(canvas, 1000, 772)
    _draw_open_book(canvas, 764, 772)
    for index, (colour, width) in enumerate(
        ((TERRACOTTA, 170), (SEA, 150), (OCHRE, 158), (NIGHT, 120))
    ):
        y = 776 - index * 27
        canvas.fill(rectangle(1130 - index % 2 * 8, y - 26, 1130 + width, y), colour)
        canvas.fill(rectangle(1130 + width - 26, y - 26, 1130 + width - 18, y), CREAM)
        canvas.fill(rectangle(1134, y - 5, 1130 + width, y), PAPER)


def _draw_reader(canvas: Canvas, x: float, y: float) -> None:
    """Draw a reader's head and shoulders against the window, both arms on a table at `y`."""
    shoulders = [(-134, 0), (-118, -96), (-88, -146), (-30, -168), (30, -168), (88, -146)]
    bust = smooth_loop([*shoulders, (118, -96), (134, 0)])
    neck = rectangle(-24, -190, 24, -150)
    head = ellipse(0, -226, 45, 56)
    for part in (neck, head, bust):
        outline = placed(part, x, y)
        canvas.fill(outline, INK)
        canvas.spray(outline, OCHRE, (x + 40, y - 160), (x + 150, y - 130), 0.75)


def _draw_lamp(canvas: Canvas, x: float, ground: float) -> None:
    canvas.fill(ellipse(x, ground, 52, 12), INK)
    canvas.fill(ribbon([(x, ground), (x, ground - 130)], 9), OCHRE)
    canvas.fill(ellipse(x, ground - 124, 34, 18, 0, 180), CREAM)
    shade = [*ellipse(x, ground - 122, 92, 62, 180, 360)]
    canvas.fill(shade, SEA)
    canvas.spray(shade, INK, (x - 30, ground - 160), (x + 110, ground - 130), 0.8)


def _draw_open_book(canvas: Canvas, x: float, y: float) -> None:
    for side in (-1, 1):
        page: Outline = [(0, -4), (side * 40, -20), (side * 104, -10), (side * 112, 8), (0, 12)]
        canvas.fill(placed(page, x, y + 4), BRICK)
        canvas.fill(placed(page, x, y - 2), CREAM)
        for row in range(3):
            line = [(x + side * (20 + row * 2), y - 6 + row * 5), (x + side * 92, y - 8 + row * 5)]
            canvas.fill(ribbon(line, 2), SAND)
    canvas.spray(lens(x, y, 30, 14), UMBER, (x - 20, y), (x, y), 0.6)


def draw_council_hall(canvas: Canvas) -> None:
    """Draw the empty council hall: a horseshoe of chairs before three tall windows."""
    canvas.backdrop([(0, blend(DEEP_SEA, INK, 0.25)), (560, blend(DEEP_SEA, SEA, 0.35))])
    for x in (330, 800, 1270):
        _draw_hall_window(canvas, x)
    for x in (94, 565, 1035, 1506):
        _draw_pilaster(canvas, x)
    canvas.fill(rectangle(0, 0, WIDTH, 48), blend(SAND, UMBER, 0.3))
    canvas.fill(rectangle(0, 48, WIDTH, 60), UMBER)
    panels = rectangle(0, 500, WIDTH, 620)
    canvas.fill(panels, blend(UMBER, BRICK, 0.3))
    for left in range(12, WIDTH, 132):
        frame = rectangle(left, 516, left + 108, 604)
        canvas.fill(frame, blend(UMBER, TERRACOTTA, 0.35))
        canvas.spray(frame, INK, (left, 516), (left + 150, 640), 0.7)
    floor = rectangle(0, 616, WIDTH, HEIGHT)
    canvas.fill(floor, blend(SAND, OCHRE, 0.3))
    canvas.spray(floor, UMBER, (0, 620), (0, 960), 0.9)
    for x in (330, 800, 1270):
        _draw_window_light(canvas, x)
    _draw_dais(canvas)
    _draw_horseshoe(canvas)


def _draw_hall_window(canvas: Canvas, x: float) -> None:
    canvas.fill(arch(x - 146, 84, x + 146, 500), blend(SAND, DUSK, 0.35))
    pane = arch(x - 122, 108, x + 122, 482)
    canvas.fill(pane, CREAM)
    canvas.spray(pane, GOLD, (x, 160), (x, 520), 0.9)
    roofs = [(-122, 420), (-80, 420), (-80, 396), (-30, 396), (-30, 436), (30, 436), (30, 404)]
    roofs += [(76, 404), (76, 428), (122, 428), (122, 482), (-122, 482)]
    canvas.fill(placed(roofs, x, 0), blend(SEA, CREAM, 0.25))
    for offset in (-42, 36):
        canvas.fill(rectangle(x + offset, 108, x + offset + 7, 482), UMBER)
    for y in (230, 350):
        canvas.fill(rectangle(x - 122, y, x + 122, y + 7), UMBER)
    canvas.fill(rectangle(x - 160, 482, x + 160, 504), blend(SAND, UMBER, 0.2))


def _draw_pilaster(canvas: Canvas, x: float) -> None:
    shaft = rectangle(x - 44, 60, x + 44, 616)
    canvas.fill(shaft, blend(SAND, DUSK, 0.25))
    canvas.spray(shaft, INK, (x - 30, 0), (x + 80, 0), 0.8)
    for top, half in ((60, 62), (92, 52), (590, 56)):
        canvas.fill(rectangle(x - half, top, x + half, top + 24), blend(SAND, PAPER, 0.3))


def _draw_window_light(canvas: Canvas, x: float) -> None:
    """Draw the slanting beam of one window and the bright shape it leaves on the floor."""
    head = ellipse(x, 230, 122, 122, 180, 360)
    beam = [*head, (x - 60, HEIGHT), (x - 420, HEIGHT)]
    canvas.spray(beam, CREAM, (x - 200, 900), (x, 100), 0.35)
    for column in range(3):
        left = x - 210 + column * 84
        tile = [(left, 640), (left + 70, 640), (left + 10, 760), (left - 70, 760)]
        canvas.wash(tile, CREAM, 0.5)
        lower = [(left - 78, 774), (left + 4, 774), (left - 66, 880), (left - 156, 880)]
        canvas.wash(lower, CREAM, 0.4)


def _draw_dais(canvas: Canvas) -> None:
    """Draw the chair's raised desk in the middle, with a higher seat behind it."""
    _draw_chair(canvas, 800, 600, 1.25)
    for offset in (-150, 150):
        _draw_chair(canvas, 800 + offset, 604, 1.0)
    desk = [(560, 566), (1040, 566), (1062, 660), (538, 660)]
    canvas.fill(desk, BRICK)
    canvas.spray(desk, INK, (700, 600), (1120, 660), 0.8)
    canvas.fill(rectangle(546, 556, 1054, 572), blend(OCHRE, SAND, 0.4))
    for left in (580, 740, 900):
        canvas.fill(rectangle(left, 588, left + 120, 644), blend(BRICK, TERRACOTTA, 0.6))
    for x in (700, 800, 900):
        _draw_microphone(canvas, x, 558, 1)
    canvas.fill([(510, 660), (1090, 660), (1120, 684), (480, 684)], blend(TERRACOTTA, UMBER, 0.4))


def _draw_chair(canvas: Canvas, x: float, ground: float, scale: float) -> None:
    back = placed(arch(-38, -116, 38, 0, 0.7), x, ground, scale)
    canvas.fill(back, INK)
    pad = placed(arch(-30, -106, 30, -14, 0.7), x, ground, scale)
    canvas.fill(pad, TERRACOTTA)
    canvas.spray(pad, INK, (x - 14 * scale, ground), (x + 52 * scale, ground), 0.85)


def _draw_microphone(canvas: Canvas, x: float, ground: float, scale: float) -> None:
    neck = smooth_path([(0, 0), (2, -26), (-10, -46)])
    canvas.fill(placed(ribbon(neck, 4), x, ground, scale), INK)
    canvas.fill(placed(ellipse(-12, -49, 6, 7), x, ground, scale), INK)
    canvas.fill(placed(ellipse(0, 0, 12, 4), x, ground, scale), INK)


def _draw_horseshoe(canvas: Canvas) -> None:
    """Draw the members' curved bench: chairs, then the desk's top and front, on both sides."""
    for side in (-1, 1):
        rim = smooth_path([(330, 676), (470, 700), (600, 752), (700, 832), (740, 930)])
        rim = [(800 + side * x, y) for x, y in rim]
        for index in range(4, len(rim) - 4, 8):
            x, y = rim[index]
            _draw_chair(
                canvas, x + side * (62 + index * 1.6), y + 6 + index * 0.6, 0.95 + index * 0.016
            )
        _draw_bench(canvas, rim, side)


def _draw_bench(canvas: Canvas, rim: list[Point], side: int) -> None:
    count = len(rim)
    top = [
        (x - side * (6 + 66 * index / count), y + 12 - index * 0.1)
        for index, (x, y) in enumerate(rim)
    ]
    front = [(x - side * 4, y + 52 + index * 1.6) for index, (x, y) in enumerate(top)]
    panel = top + front[::-1]
    canvas.fill(panel, BRICK)
    canvas.spray(panel, INK, (800 + side * 200, 700), (800 + side * 760, 900), 0.9)
    for index in range(2, count - 2, 5):
        canvas.fill(ribbon([top[index], front[index]], 3 + index * 0.08), UMBER)
    canvas.fill(rim + top[::-1], blend(OCHRE, SAND, 0.35))
    canvas.fill(ribbon(top, 5, 9), blend(GOLD, CREAM, 0.4))
    for index in range(6, count - 6, 8):
        x, y = between(rim[index], top[index], 0.4)
        _draw_microphone(canvas, x, y, 0.9 + index * 0.02)
        paper = [
            (x - side * 10, y + 3),
            (x - side * 34, y + 5),
            (x - side * 36, y + 13),
            (x - side * 8, y + 10),
        ]
        canvas.fill(paper, CREAM)
