"""Danger to the writer: what leads to a person is held, with a span that can be blacked out."""

import pytest

from comments.editing import blacken
from comments.rules import danger
from tests.comments.rules.judging import context, in_body, limited, only_findings, pointed_at

PHONES = {
    "رقمي 0933123456 اتصلوا بي": "0933123456",
    "رقمي ٠٩٣٣١٢٣٤٥٦": "٠٩٣٣١٢٣٤٥٦",
    "رقمي ۰۹۳۳-۱۲۳-۴۵۶": "۰۹۳۳-۱۲۳-۴۵۶",
    "اتصلوا على0933123456الآن": "0933123456",
    "0933.12.34.56": "0933.12.34.56",
    "0 9 3 3 1 2 3 4 5 6": "0 9 3 3 1 2 3 4 5 6",
    "09\u200b33\u200f123456 رقمي": "09\u200b33\u200f123456",
    "٠٩٣٣ـ١٢٣٤٥٦": "٠٩٣٣ـ١٢٣٤٥٦",
    "０９３３１２３４５６": "０９３３１２３４５６",
    "جوالي 933123456": "933123456",
    "راسلوني 933123456": "933123456",
    "واتساب +963 933 123 456": "+963 933 123 456",
    "واتساب ٠٠٩٦٣٩٣٣١٢٣٤٥٦": "٠٠٩٦٣٩٣٣١٢٣٤٥٦",
    "من لبنان +961 3 123456": "+961 3 123456",
    "من تركيا 0090 532 123 45 67": "0090 532 123 45 67",
    "من ألمانيا +49 (0)151 23456789": "+49 (0)151 23456789",
    "المنزل (011) 212-3456": "(011) 212-3456",
    "هاتف 011/2123456": "011/2123456",
    "هاتف: 2123456": "2123456",
    "الواتساب 0532 123 45 67": "0532 123 45 67",
    "call me on 212-3456": "212-3456",
    "https://wa.me/963933123456": "963933123456",
    "https://api.whatsapp.com/send?phone=963933123456&text=a": "963933123456",
    "tel:+963933123456": "+963933123456",
}
EMAILS = {
    "راسلوني layla@example.org.": "layla@example.org",
    "LAYLA.H+news@Mail.Example.CO.UK": "LAYLA.H+news@Mail.Example.CO.UK",
    "ليلى@جريدة.مثال بريدي": "ليلى@جريدة.مثال",
    "layla＠gmail.com": "layla＠gmail.com",
    "layla@\u200bgmail.com": "layla@\u200bgmail.com",
    "layla @ gmail.com": "layla @ gmail.com",
    "layla @ gmail . com": "layla @ gmail . com",
    "layla@gmail": "layla@gmail",
    "layla (at) gmail.com": "layla (at) gmail.com",
    "layla[at]example[dot]org": "layla[at]example[dot]org",
    "ليلى (at) gmail.com": "ليلى (at) gmail.com",
    "layla at gmail dot com": "layla at gmail dot com",
    "layla at example dot org": "layla at example dot org",
    "اسمي (آت) جيميل دوت كوم": "اسمي (آت) جيميل دوت كوم",
    "layla آت جيميل نقطة كوم": "layla آت جيميل نقطة كوم",
    "layla%40gmail.com": "layla%40gmail.com",
    "layla&#64;gmail.com": "layla&#64;gmail.com",
    "mailto:layla@example.org?subject=a": "layla@example.org",
}
IDENTITY_NUMBERS = {
    "رقمي الوطني 01010203045": "01010203045",
    "سورية ٠١٠١٠٢٠٣٠٤٥": "٠١٠١٠٢٠٣٠٤٥",
    "مصر ٢٩٨٠١٠١٠١١٢٣٤٥": "٢٩٨٠١٠١٠١١٢٣٤٥",
    "مصر 2 980101 01 12345": "2 980101 01 12345",
    "الأردن 9871234567 وكفى": "9871234567",
    "السعودية 1012345678": "1012345678",
    "العراق 199012345678": "199012345678",
    "هويتي 01-0102-03045": "01-0102-03045",
    "قيد 010.1020.3045": "010.1020.3045",
    "الرقم 0 1 0 1 0 2 0 3 0 4 5": "0 1 0 1 0 2 0 3 0 4 5",
    "رقم الهوية 1234567": "1234567",
    "رقم الهوية: 123 456 789": "123 456 789",
    "جواز سفري N 0123456": "N 0123456",
    "جواز N0123456": "N0123456",
    "passport AB 1234567": "AB 1234567",
    "+999123456789x": "999123456789",
}
POSTAL_ADDRESSES = {
    "أسكن في شارع بغداد بناية 12 طابق 3": "شارع بغداد بناية 12 طابق 3",
    "أسكن في شارع بغداد بناية ١٢ طابق ٣": "شارع بغداد بناية ١٢ طابق ٣",
    "عنواني: حي الميدان، بيت 7": "حي الميدان، بيت 7",
    "عنواني المزة بناء 12، تفضلوا": "بناء 12",
    "منزل رقم 5 في حي الميدان": "منزل رقم 5 في حي الميدان",
    "شقة 5 الطابق الثالث": "شقة 5 الطابق الثالث",
    "بيتي في شارع النصر رقم 12": "شارع النصر رقم 12",
    "شارع فارس الخوري، بناء 15، ط 3": "شارع فارس الخوري، بناء 15، ط 3",
    "دمشق، حي الميدان، شارع الزاهرة، بناية النور": "حي الميدان، شارع الزاهرة، بناية النور",
    "محلة 601 زقاق 12 دار 5": "محلة 601 زقاق 12 دار 5",
    "أسكن بحي الوعر بشارع النخيل": "بحي الوعر بشارع النخيل",
    "أسكن شارع بغداد الطابق الثالث": "شارع بغداد الطابق الثالث",
    "جزيرة 12 بناء 3": "جزيرة 12 بناء 3",
    "ص.ب 1234 دمشق": "ص.ب 1234",
    "صندوق بريد: ٤٥٦": "صندوق بريد: ٤٥٦",
    "P.O. Box 123": "P.O. Box 123",
    "I live at 12 Baghdad Street, apt 3": "12 Baghdad Street, apt 3",
    "12 Baghdad Street": "12 Baghdad Street",
    "building 12 floor 3": "building 12 floor 3",
    "Building no. 12, 3rd floor": "Building no. 12, 3rd floor",
}
HARMLESS = [
    # Streets and houses that are nobody's address.
    "شارع بغداد مزدحم",
    "شارع الثورة شهد 3 انفجارات",
    "شارع 30 وشارع بغداد",
    "ازدحام في شارع 29 أيار وشارع العابد",
    "أغلق شارع الثورة عند الساعة 5",
    "قتل 12 شخصاً في حي الميدان",
    "عشت في حي الميدان 12 سنة وبنيت بيتاً في شارع النصر",
    "سكان حي الميدان 50 ألفاً",
    "احترقت شقة في الطابق الثالث من بناية في شارع بغداد",
    "بناء 12 مدرسة في حي الزهور",
    "بناية من 12 طابقاً في شارع الثورة",
    "عمارة 10 طوابق في شارع الثورة",
    "كلفة بناء 500 وحدة سكنية في حي الوعر",
    "المادة 5 من قانون البناء رقم 33",
    "في حي الميدان، شارع الزاهرة، احترق بناء",
    "اشترى شقة 3 غرف في حي المزة",
    "لدي 3 شقق في بناية واحدة",
    "دخل الطابق 3",
    "أسكن في شارع بغداد منذ زمن",
    "شارع بغداد طويل جداً يبلغ حي الميدان وتقوم هناك بناية النور",
    "بيتنا في الطابق الثالث",
    "أسكن في الطابق 5",
    "هو حي يرزق\n\nبناية 12",
    "الدور الثاني في بطولة كأس آسيا",
    "In 2011 Baghdad Street was quiet",
    "We met on the 1st floor",
    "I live on Main Street",
    "The building 7 collapsed on Main Street",
    # Amounts, years, dates, hours, counts.
    "السعر 1500000000 ليرة",
    "السعر 1,500,000,000",
    "السعر ١٬٥٠٠٬٠٠٠٬٠٠٠",
    "السعر 1.500.000.000 ل.س",
    "دفع $123456789",
    "بلغ العدد 123456789 نسمة",
    "سجل الفيديو 1234567890 مشاهدة",
    "12 345 678 901 ليرة",
    "عدد السكان 21324367 نسمة",
    "21.324.367",
    "10000000000",
    "دفع 933123456 ليرة",
    "النتائج 12 5678 12 13 14 15",
    "من 12500-13750 ليرة",
    "الأسعار 1500 2000 2500",
    "2011 2012 2013",
    "2011-2012-2013",
    "بتاريخ 12/05/2024 10:30",
    "على الساعة 12:30 في 2024-05-12",
    "05-10-2023 14",
    "في 202405121230",
    "2023/10/07 و2011/03/15",
    "1 2 3 4 5 6 7 8 9",
    "10 15 20 25 30",
    "0.123456789",
    "المعدل 123456789.5",
    "0.933123456",
    "3.14159265358979",
    "المرسوم رقم 107 لعام 2011 والقرار 2254 (2015)",
    "العدد 123/456/789",
    "الطائرات F16 وMIG29 وA320",
    "SP5000000",
    "الطراز X5000000",
    "IBAN SA0380000000608010167519",
    "https://example.org/news/123456789012",
    "example.org/20240512/123456789",
    "file_20240512123.jpg",
    "123456789abc",
    "اتصلوا بالإسعاف 110 أو 112",
    "سعر الهاتف 1500000 ليرة",
    "اشتريت هاتف سامسونج 2023",
    # Signs of addresses that are none.
    "تابعوا @khaled على تويتر",
    "https://medium.com/@khaled/a",
    "I was at home. Com",
    "look at this dot com bubble",
    "I worked at yahoo for years",
    "user@localhost",
    "@@@@",
    "سعر الكيلو @ 5000",
]


@pytest.mark.parametrize(
    ("note", "body", "found"),
    [
        (note, body, found)
        for note, cases in {
            "phone": PHONES,
            "email": EMAILS,
            "id_number": IDENTITY_NUMBERS,
            "postal_address": POSTAL_ADDRESSES,
        }.items()
        for body, found in cases.items()
    ],
)
def test_what_leads_to_a_person_is_held_with_the_very_span(note, body, found):
    assert in_body(danger.check, body) == [(note, found)]


@pytest.mark.parametrize("body", HARMLESS)
def test_an_ordinary_sentence_is_not_held(body):
    assert in_body(danger.check, body) == []


def test_a_number_is_read_as_it_is_dialled_in_the_country_of_the_policy():
    assert in_body(danger.check, "03 123456", **limited(phone_region="LB")) == [
        ("phone", "03 123456")
    ]
    for number in ("5512 3456", "2224 1234"):
        assert in_body(danger.check, number, **limited(phone_region="KW")) == [("phone", number)]
    assert in_body(danger.check, "03 123456", **limited(phone_region="SY")) == []


@pytest.mark.parametrize("region", ["XX", "US"])
def test_a_number_with_its_country_is_found_whatever_country_the_policy_names(region):
    for number in ("+963933123456", "00963933123456"):
        assert in_body(danger.check, number, **limited(phone_region=region)) == [("phone", number)]


def test_several_are_found_apart_and_in_their_order():
    body = (
        "أسكن في شارع بغداد بناية 12 هاتف 0112123456 طابق 3"
        " وبريدي layla@example.org وهويتي 01010203045"
    )

    assert in_body(danger.check, body) == [
        ("postal_address", "شارع بغداد بناية 12 هاتف"),
        ("phone", "0112123456"),
        ("postal_address", "طابق 3"),
        ("email", "layla@example.org"),
        ("id_number", "01010203045"),
    ]


def test_what_only_parts_two_of_them_is_left():
    body = "شارع بغداد بناية 12، 0112123456 - 0933123456، طابق 3"

    assert in_body(danger.check, body) == [
        ("postal_address", "شارع بغداد بناية 12،"),
        ("phone", "0112123456"),
        ("phone", "0933123456"),
        ("postal_address", "، طابق 3"),
    ]


def test_an_address_of_digits_is_one_thing():
    assert in_body(danger.check, "0933123456@gmail.com") == [("email", "0933123456@gmail.com")]


def test_what_was_found_can_be_blacked_out():
    judged = context("اتصلوا بي: ٠٩٣٣١٢٣٤٥٦ أو layla@example.org، شكراً.")
    spans = [(found.start, found.end) for found in only_findings(danger.check(judged))]

    assert blacken(judged.body, spans) == "اتصلوا بي: █████ أو █████، شكراً."


def test_names_and_websites_are_searched_for_telephones_and_mail():
    judged = context(
        "نعم", name="ليلى 0933123456 layla@example.org", website="https://wa.me/963933123456"
    )

    assert pointed_at(danger.check, judged) == [
        ("name", "phone", "0933123456"),
        ("name", "email", "layla@example.org"),
        ("website", "phone", "963933123456"),
    ]


def test_a_website_may_hold_a_telephone_in_its_path():
    judged = context("نعم", website="https://example.org/0933123456")

    assert pointed_at(danger.check, judged) == [("website", "phone", "0933123456")]


def test_names_and_websites_are_not_searched_for_numbers_and_streets():
    judged = context(
        "نعم", name="شارع بغداد بناية 12", website="https://example.org/news/123456789012"
    )

    assert pointed_at(danger.check, judged) == []
