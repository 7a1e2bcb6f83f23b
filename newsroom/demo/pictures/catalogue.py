"""The pictures of the demonstration edition: what each shows, its caption, and who draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsroom.demo.pictures import (
    coast,
    fields,
    gatherings,
    halls,
    highlands,
    stage,
    streets,
    workshops,
)
from newsroom.demo.pictures.canvas import Canvas

_CREDIT = "رسم: المرفأ"
_ARCHIVE_CREDIT = "رسم: أرشيف المرفأ"


@dataclass(frozen=True)
class Picture:
    """One illustration and the words that go with it.

    `alt` describes what is seen, for those who cannot see it. `taken_on` is the day an archive
    picture was made, where it is known; a picture made for the edition has none.
    """

    key: str
    alt: str
    caption: str
    credit: str
    taken_on: date | None
    is_archive: bool
    draw: Callable[[Canvas], None]


def _fresh(key: str, draw: Callable[[Canvas], None], *, alt: str, caption: str) -> Picture:
    return Picture(key, alt, caption, _CREDIT, None, False, draw)


def _archived(
    key: str,
    draw: Callable[[Canvas], None],
    *,
    alt: str,
    caption: str,
    taken_on: date | None,
) -> Picture:
    return Picture(key, alt, caption, _ARCHIVE_CREDIT, taken_on, True, draw)


_ALL = [
    _archived(
        "harbour",
        coast.draw_harbour,
        alt="ثلاثة مراكب صيد راسية عند الغروب، وبيوت البلدة القديمة متدرجة على التل خلفها.",
        caption="مراكب الصيد في مرفأ السلام آخر النهار.",
        taken_on=date(2021, 9, 18),
    ),
    _fresh(
        "olive-grove",
        fields.draw_olive_grove,
        alt="رجل على سلم يقطف الزيتون من شجرة معمرة، وامرأة تشير إليه قرب سلتين ممتلئتين.",
        caption="قطاف الزيتون على المدرجات المحيطة بالبلدة.",
    ),
    _fresh(
        "bread",
        workshops.draw_bread,
        alt="خباز يمد لوحه الخشبي إلى نار الفرن، وأمامه على الطاولة أكداس من الأرغفة الساخنة.",
        caption="خبز الصباح في أحد أفران البلدة.",
    ),
    _fresh(
        "school",
        streets.draw_school,
        alt="تلاميذ بحقائب ملونة يعبرون باحة مدرسة ذات أقواس، وظلالهم طويلة في ضوء الصباح.",
        caption="باحة المدرسة قبيل الحصة الأولى.",
    ),
    _archived(
        "water-tower",
        highlands.draw_water_tower,
        alt="خزان ماء عالٍ على أربع قوائم أمام قرص الشمس، وأنبوب أخضر يمتد إليه بين الحقول.",
        caption="خزان المياه الذي يغذي الأحياء الشرقية.",
        taken_on=date(2019, 7, 6),
    ),
    _fresh(
        "market",
        gatherings.draw_market,
        alt="متسوقون يمشون بين بسطات الفاكهة تحت قبو سوق قديم تتسلل إليه خيوط الضوء.",
        caption="السوق المسقوف صباح يوم عمل.",
    ),
    _archived(
        "theatre",
        stage.draw_theatre,
        alt="ممثل وحيد بعباءة حمراء في بقعة ضوء على خشبة المسرح، يشاهده جمهور يملأ القاعة.",
        caption="من عرض على خشبة المسرح البلدي.",
        taken_on=date(2022, 3, 27),
    ),
    _archived(
        "printing-press",
        workshops.draw_printing_press,
        alt="عامل يقف عند آلة طباعة دوارة يلتف الورق حول أسطواناتها وينتهي إلى كومة صحف.",
        caption="آلة الطباعة الدوارة في مطبعة البلدة القديمة.",
        taken_on=None,
    ),
    _fresh(
        "football",
        gatherings.draw_football,
        alt="لاعب سدد الكرة نحو الزاوية العليا، والحارس يطير إليها تحت أضواء الملعب الكاشفة.",
        caption="كرة في طريقها إلى الزاوية البعيدة.",
    ),
    _archived(
        "library",
        halls.draw_library,
        alt="قارئ خلف طاولة عليها مصباح وكتاب مفتوح، بين رفوف عالية ونافذة مقوسة كبيرة.",
        caption="قاعة المطالعة في المكتبة العامة.",
        taken_on=date(2020, 2, 11),
    ),
    _archived(
        "wheat",
        fields.draw_wheat,
        alt="سنابل قمح ناضجة في المقدمة، وحصادة حمراء تعمل في آخر الحقل تحت غيوم الصيف.",
        caption="موسم الحصاد في سهول الريف القريب.",
        taken_on=date(2018, 6, 14),
    ),
    _fresh(
        "phone-privacy",
        stage.draw_phone_privacy,
        alt="هاتف بحجم بيت فيه ثقب مفتاح مضيء، وشخص صغير أمامه، وعدسات تراقب من العتمة.",
        caption="ما يعرفه الهاتف عن صاحبه أكثر مما يظن.",
    ),
    _fresh(
        "rain-street",
        streets.draw_rain_street,
        alt="مارة بمظلات ملونة في شارع مبلل مساءً، ونوافذ مضاءة ومصابيح تنعكس على الأرض.",
        caption="أول أمطار الموسم في الشارع الرئيسي.",
    ),
    _archived(
        "council-hall",
        halls.draw_council_hall,
        alt="قاعة اجتماعات خالية، فيها منصة ومقاعد مصفوفة في قوس، وضوء النوافذ على أرضها.",
        caption="قاعة المجلس البلدي قبل انعقاد الجلسة.",
        taken_on=date(2023, 11, 5),
    ),
    _archived(
        "mountain-road",
        highlands.draw_mountain_road,
        alt="حافلة صغيرة محملة بالحقائب على طريق جبلي متعرج، وقمم مكللة بالثلج في الأفق.",
        caption="الطريق الجبلي إلى القرى العليا.",
        taken_on=None,
    ),
    _fresh(
        "lighthouse",
        coast.draw_lighthouse,
        alt="منارة مخططة على صخور الشاطئ ترسل حزمتي ضوء في الليل، وسفينة صغيرة في البحر.",
        caption="منارة البلدة في ليلة صافية.",
    ),
]

PICTURES: dict[str, Picture] = {picture.key: picture for picture in _ALL}


def draw(key: str) -> bytes:
    """Return the picture as JPEG bytes, 1600 x 900 pixels; the same key gives the same bytes.

    Raises KeyError when there is no such picture.
    """
    canvas = Canvas(key)
    PICTURES[key].draw(canvas)
    return canvas.jpeg()
