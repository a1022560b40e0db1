//! What is named in a message: amounts, dates, times, numbers of all kinds.

use super::{lexicon, read};
use crate::text::token::ListId;
use crate::text::*;

/// Entities as `kind=value` with what was written.
fn entities(message: &str) -> Vec<String> {
    let utterance = read(message);
    let show = |entity: &Entity| {
        let written = &message[entity.span.start as usize..entity.span.end as usize];
        let value = match utterance.value(entity) {
            EntityValue::Number(number) => number.to_string(),
            EntityValue::Text(text) => text.to_owned(),
            EntityValue::ListValue(value) => lexicon().list_value(ListId(0), value).to_owned(),
        };
        format!("{:?} {value} <{written}>", entity.kind)
    };
    utterance.entities.iter().map(show).collect()
}

#[test]
fn entities_are_found_with_their_standard_form() {
    let table: &[(&str, &[&str])] = &[
        ("50rb", &["Amount 50000 <50rb>", "Number 50000 <50rb>"][..]),
        ("50 ribu", &["Number 50000 <50 ribu>", "Amount 50000 <50 ribu>"]),
        ("1,5jt", &["Number 1500000 <1,5jt>", "Amount 1500000 <1,5jt>"]),
        ("Rp50.000", &["Amount 50000 <Rp50.000>", "Number 50000 <50.000>"]),
        ("Rp 50.000,-", &["Amount 50000 <Rp 50.000>", "Number 50000 <50.000>"]),
        ("50k", &["Number 50000 <50k>", "Amount 50000 <50k>"]),
        ("50.000", &["Number 50000 <50.000>", "Amount 50000 <50.000>"]),
        ("1.5 million", &["Number 1500000 <1.5 million>", "Amount 1500000 <1.5 million>"]),
        ("IDR 50000", &["Amount 50000 <IDR 50000>", "Number 50000 <50000>"]),
        ("₱500", &["Number 500 <500>", "Amount 500 <₱500>"]),
        ("php 500", &["Amount 500 <php 500>", "Number 500 <500>"]),
        ("500 pesos", &["Amount 500 <500 pesos>", "Number 500 <500>"]),
        ("五万", &["Number 50000 <五万>", "Amount 50000 <五万>"]),
        ("三千五百块", &["Amount 3500 <三千五百块>", "Number 3500 <三千五百>"]),
        ("50万", &["Number 500000 <50万>", "Amount 500000 <50万>"]),
        ("lima puluh ribu", &["Number 50000 <lima puluh ribu>", "Amount 50000 <lima puluh ribu>"]),
        ("seratus dua puluh lima", &["Number 125 <seratus dua puluh lima>"]),
        ("1 juta 500 ribu", &["Number 1500000 <1 juta 500 ribu>", "Amount 1500000 <1 juta 500 ribu>"]),
        ("fifty thousand", &["Number 50000 <fifty thousand>", "Amount 50000 <fifty thousand>"]),
        ("limang libo", &["Number 5000 <limang libo>", "Amount 5000 <limang libo>"]),
        ("3 kali", &["Number 3 <3>"]),
        ("12/3", &["Date --03-12 <12/3>"]),
        ("12-03-2024", &["Date 2024-03-12 <12-03-2024>"]),
        ("2024-03-12", &["Date 2024-03-12 <2024-03-12>"]),
        ("3/25", &["Date --03-25 <3/25>"]),
        ("3 januari", &["Date --01-03 <3 januari>", "Number 3 <3>"]),
        ("Jan 3rd, 2024", &["Date 2024-01-03 <Jan 3rd, 2024>", "Number 2024 <2024>"]),
        ("tanggal 12", &["Date ---12 <tanggal 12>", "Number 12 <12>"]),
        ("3月12日", &["Date --03-12 <3月12日>", "Number 3 <3>", "Number 12 <12>"]),
        ("kemarin", &["Date yesterday <kemarin>"]),
        ("hari ini", &["Date today <hari ini>"]),
        ("kahapon", &["Date yesterday <kahapon>"]),
        ("昨天", &["Date yesterday <昨天>"]),
        ("24/7", &[]),
        ("jam 10", &["Time 10:00 <jam 10>", "Time 10:00 <10>", "Number 10 <10>"]),
        ("pukul 21:30", &["Time 21:30 <pukul 21:30>", "Time 21:30 <21:30>"]),
        ("jam 3 sore", &["Time 15:00 <jam 3 sore>", "Time 15:00 <3 sore>", "Number 3 <3>"]),
        ("22.15", &["Number 22.15 <22.15>", "Time 22:15 <22.15>"]),
        ("10:30", &["Time 10:30 <10:30>"]),
        ("3pm", &["Time 15:00 <3pm>", "Number 3 <3>"]),
        ("下午3点半", &["Time 15:30 <下午3点半>", "Number 3 <3>"]),
        ("alas 3 ng hapon", &["Time 15:00 <alas 3 ng hapon>", "Time 15:00 <3 ng hapon>", "Number 3 <3>"]),
        ("2 jam", &["Number 2 <2>"]),
        ("081234567890", &["Phone +6281234567890 <081234567890>", "Account 081234567890 <081234567890>"]),
        ("+62 812-3456-7890", &["Phone +6281234567890 <+62 812-3456-7890>"]),
        (
            "10:30 081234567890",
            &[
                "Time 10:30 <10:30>",
                "Phone +6281234567890 <081234567890>",
                "Account 081234567890 <081234567890>",
            ],
        ),
        ("0812 3456 7890 2 kali", &["Phone +6281234567890 <0812 3456 7890>", "Number 2 <2>"]),
        ("+62 812-3456-7890 10 menit", &["Phone +6281234567890 <+62 812-3456-7890>", "Number 10 <10>"]),
        ("+44 20 7946 0958 10 menit", &["Phone +442079460958 <+44 20 7946 0958>", "Number 10 <10>"]),
        ("0812 34 56 78 90", &["Phone +6281234567890 <0812 34 56 78 90>"]),
        ("09171234567", &["Phone +639171234567 <09171234567>", "Account 09171234567 <09171234567>"]),
        ("13800138000", &["Phone +8613800138000 <13800138000>", "Account 13800138000 <13800138000>"]),
        ("Sari.P@mail.co.id", &["Email sari.p@mail.co.id <Sari.P@mail.co.id>"]),
        ("https://x.com/A?b", &["Url https://x.com/a?b <https://x.com/A?b>"]),
        ("TRX123456", &["Reference TRX123456 <TRX123456>"]),
        ("inv-20241", &["Reference INV-20241 <inv-20241>"]),
        (
            "1234567890",
            &[
                "Number 1234567890 <1234567890>",
                "Account 1234567890 <1234567890>",
                "Reference 1234567890 <1234567890>",
            ],
        ),
        ("klik bca", &["List(ListId(0)) bca <klik bca>", "List(ListId(0)) bca <bca>"]),
        ("工商银行", &["List(ListId(0)) icbc <工商银行>"]),
        ("mandiri", &[]),
    ];
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    for (message, expected) in table {
        let expected = expected.iter().map(ToString::to_string).collect();
        assert_eq!(sorted(entities(message)), sorted(expected), "{message}");
    }
}

/// What is read of a kind, as "value <written>".
fn read_as(kind: &str, message: &str) -> String {
    let of_kind = |entity: String| entity.strip_prefix(kind).map(|rest| rest.trim_start().to_owned());
    entities(message).into_iter().filter_map(of_kind).collect::<Vec<_>>().join(", ")
}

fn assert_read(kind: &str, table: &[(&str, &str)]) {
    for (message, expected) in table {
        assert_eq!(read_as(kind, message), *expected, "{message}");
    }
}

#[test]
fn an_amount_ends_where_another_number_begins() {
    let table = [
        ("50rb 3 kali", "50000 <50rb>"),
        ("50rb 3 hari lalu", "50000 <50rb>"),
        ("100k 2 days ago", "100000 <100k>"),
        ("50rb 5 mei", "50000 <50rb>"),
        ("50rb 17.30", "50000 <50rb>"),
        ("50rb 20rb", "50000 <50rb>, 20000 <20rb>"),
        ("50rb 20jt", "50000 <50rb>, 20000000 <20jt>"),
        ("seratus ribu dua hari lalu", "100000 <seratus ribu>"),
        ("seratus ribu dua orang", "100000 <seratus ribu>"),
        ("fifty thousand and 20 thousand", "50000 <fifty thousand>, 20000 <20 thousand>"),
        ("fifty thousand and twenty thousand", "50000 <fifty thousand>, 20000 <twenty thousand>"),
        ("1万3次", "10000 <1万>"),
        ("一万五次", "10000 <一万>"),
        ("充值一百万一直没到账", "1000000 <一百万>"),
        ("万一没到账", ""),
        ("100 pesos 3 times", "100 <100 pesos>"),
        ("2 rp50.000", "50000 <rp50.000>"),
        ("1jt 500rb", "1500000 <1jt 500rb>"),
        ("10 ribu lima ratus", "10500 <10 ribu lima ratus>"),
        ("1 juta 500.000", "1500000 <1 juta 500.000>"),
        ("1jt 123456", "1000000 <1jt>, 123456 <123456>"),
    ];
    assert_read("Amount", &table);
}

#[test]
fn an_amount_is_read_whole_or_not_at_all() {
    let table = [
        ("one hundred and fifty thousand", "150000 <one hundred and fifty thousand>"),
        ("two and a half million", "2500000 <two and a half million>"),
        ("2 and a half million", "2500000 <2 and a half million>"),
        ("two million and a half", "2500000 <two million and a half>"),
        ("half a million", "500000 <half a million>"),
        ("quarter million", "250000 <quarter million>"),
        ("a hundred thousand", "100000 <a hundred thousand>"),
        ("one million half of it", "1000000 <one million>"),
        ("isang libo at limang daan", "1500 <isang libo at limang daan>"),
        ("kalahating milyon", "500000 <kalahating milyon>"),
        ("one thousand at five", "1000 <one thousand>"),
        ("one thousand and fifty", "1050 <one thousand and fifty>"),
        ("one thousand and two times", "1000 <one thousand>"),
        ("setengah juta", "500000 <setengah juta>"),
        ("dua setengah juta", "2500000 <dua setengah juta>"),
        ("2 juta setengah", "2500000 <2 juta setengah>"),
        ("sejuta setengah", "1500000 <sejuta setengah>"),
        ("2 juta setengah jam lalu", "2000000 <2 juta>"),
        ("1 jt 250", "1250000 <1 jt 250>"),
        ("2 jt 500 blm masuk", "2500000 <2 jt 500>"),
        ("1jt500", "1500000 <1jt500>"),
        ("1jt500rb", "1500000 <1jt500rb>"),
        ("10rb 500", "10500 <10rb 500>"),
        ("1 jt 500 rupiah", "1000000 <1 jt>, 500 <500 rupiah>"),
        ("1 jt 812 3456", "1000000 <1 jt>"),
        ("1.5m", ""),
        ("2 m", ""),
        ("2 mil", ""),
        ("dos mil", ""),
        ("a million", "1000000 <a million>"),
        ("ok and k", ""),
        ("a grand one", ""),
        ("lima belas ribu", "15000 <lima belas ribu>"),
        ("seratus dua belas ribu", "112000 <seratus dua belas ribu>"),
    ];
    assert_read("Amount", &table);
    for message in ["1.5m", "2 m", "2 mil", "dos mil"] {
        assert_eq!(read_as("Number", message), "", "{message}");
    }
    assert_eq!(read_as("Number", "one hundred and five"), "105 <one hundred and five>");
    assert_eq!(read_as("Number", "isang daan at limampu"), "150 <isang daan at limampu>");
}

#[test]
fn what_may_mean_several_numbers_is_no_amount() {
    let table = [
        ("100-200rb", ""),
        ("100rb - 200rb", ""),
        ("25rb-30rb", ""),
        ("Rp100.000 - Rp200.000", ""),
        ("25rb sampai 30rb", ""),
        ("between 100 and 200 pesos", ""),
        ("between ₱1,000 and ₱2,000", ""),
        ("5000到6000", ""),
        ("100 pesos to 200 pesos", ""),
        ("from 1000 to 3000", "1000 <1000>, 3000 <3000>"),
        ("50rb - 3 kali", "50000 <50rb>"),
        ("kirim 5000 to 09171234567", "5000 <5000>"),
        ("500元到账了吗", "500 <500元>"),
        ("two fifty pesos", ""),
        ("dua tiga ratus ribu", ""),
        ("seratus dua ratus ribu", ""),
        ("gocap", ""),
        ("goceng", "5000 <goceng>"),
        ("duaratus ribu", "200000 <duaratus ribu>"),
        ("duaratusribu", "200000 <duaratusribu>"),
        ("limapuluh lima ribu", "55000 <limapuluh lima ribu>"),
        ("P1,500.00", "1500 <P1,500.00>"),
        ("P500", "500 <P500>"),
        ("nag cash in ako ng P2,500 po", "2500 <P2,500>"),
        ("P1.5k", "1500 <P1.5k>"),
        ("p50,000", "50000 <p50,000>"),
        ("P12345678", ""),
        ("P1", ""),
        ("5p.m.", ""),
        ("INV-11000", ""),
        ("order a1,500", ""),
        ("8899 1234", ""),
        ("50rb 8899", "50000 <50rb>, 8899 <8899>"),
    ];
    assert_read("Amount", &table);
    for message in [
        "100-200rb",
        "two fifty",
        "1-2 hari",
        "INV-11",
        "R-77",
        "May 5",
        "may 5 akong order",
        "0086 138 1234 5678",
    ] {
        assert_eq!(read_as("Number", message), "", "{message}");
    }
}

#[test]
fn a_digit_is_a_number_where_nothing_else_can_be_meant() {
    let table = [
        ("三", "3 <三>"),
        ("三个", "3 <三>"),
        ("两晚吧", "2 <两>"),
        ("我要两间", "2 <两>"),
        ("俩", "2 <俩>"),
        ("一直", ""),
        ("万一", ""),
        ("一个问题", ""),
    ];
    assert_read("Number", &table);
}

#[test]
fn a_phone_number_has_its_country_or_its_area() {
    let table = [
        ("0086 138 1234 5678", "+8613812345678"),
        ("00639171234567", "+639171234567"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("(021) 5551234", "0215551234"),
        ("(02) 8123 4567", "0281234567"),
        ("010-12345678", "01012345678"),
        ("021 5551234", ""),
        ("415-555-2671", ""),
        ("012-34", ""),
    ];
    for (message, expected) in table {
        let read = read_as("Phone", message);
        assert_eq!(read.split(' ').next().unwrap_or_default(), expected, "{message}");
    }
}

#[test]
fn a_code_is_read_whole_or_not_at_all() {
    let table = [
        ("TRX-99887766", "TRX-99887766 <TRX-99887766>"),
        ("INV/2024/001", "INV/2024/001 <INV/2024/001>"),
        ("TRX-2024-05-06-001", "TRX-2024-05-06-001 <TRX-2024-05-06-001>"),
        ("INV-2024/05/001", "INV-2024/05/001 <INV-2024/05/001>"),
        ("ABC-123-DEF", "ABC-123-DEF <ABC-123-DEF>"),
        ("abc-12de34", "ABC-12DE34 <abc-12de34>"),
        ("TRX0012-34", "TRX0012-34 <TRX0012-34>"),
        ("TRX99887766", "TRX99887766 <TRX99887766>"),
        ("INV-2024/05.001", ""),
        ("inv-20241/lunas", "INV-20241 <inv-20241>"),
        ("trx-67890", "TRX-67890 <trx-67890>"),
        ("wd-50000", ""),
        ("jan-2024", ""),
        ("rp-50000", ""),
        ("#1234", "1234 <1234>"),
        ("inv 2024 001", "INV 2024 001 <inv 2024 001>"),
        ("CT 8899 1234", "CT 8899 1234 <CT 8899 1234>"),
        ("qnb 500 200 pesos", ""),
        ("0012345", ""),
    ];
    assert_read("Reference", &table);
    assert_eq!(read_as("Account", "TRX-99887766"), "", "a part of a code");
    assert_eq!(read_as("Account", "0012345"), "0012345 <0012345>", "zeros before it");
    assert_eq!(read_as("Account", "1234567"), "");
}

#[test]
fn a_time_is_what_is_said_around_its_hour() {
    let table = [
        ("jam 12 tengah malam", "00:00"),
        ("jam 3 lewat 15", "03:15"),
        ("jam 3 kurang 10", "02:50"),
        ("jam 3 kurang seperempat", "02:45"),
        ("jam setengah 3", "02:30"),
        ("jam setengah 1 siang", "12:30"),
        ("jam setengah 3 sore", "14:30"),
        ("tadi malam jam 11", "23:00"),
        ("nanti sore sekitar jam empat", "16:00"),
        ("pukul dua belas siang", "12:00"),
        ("a table for two at 7:00", "07:00"),
        ("last night at 11", "23:00"),
        ("11 at night", "23:00"),
        ("3 in the afternoon", "15:00"),
        ("jam 2 dini hari", "02:00"),
        ("3点一刻", "03:15"),
        ("下午三点半", "15:30"),
        ("昨晚十一点", "23:00"),
        ("晚上十点", "22:00"),
        ("三点二十分", "03:20"),
        ("三点", "03:00"),
        ("十二点吧", "12:00"),
        ("中午", "12:00"),
        ("中午1点", "13:00"),
        ("tanghali po", "12:00"),
        ("magandang tanghali po", ""),
        ("noon", "12:00"),
        ("at noon", "12:00"),
        ("12nn", "12:00"),
        ("half past three", "03:30"),
        ("quarter to 5 in the afternoon", "16:45"),
        ("3 o'clock", "03:00"),
        ("three o'clock in the afternoon", "15:00"),
        ("half past the deadline", ""),
        ("alas tres", "03:00"),
        ("alas tres ng hapon", "15:00"),
        ("5 p.m.", "17:00"),
        ("12 noon", "12:00"),
        ("50rb 17.30", "17:30"),
        ("有一点慢", ""),
        ("三点建议", ""),
        ("dua jam", ""),
        ("2 jam tiga", ""),
        ("at two places", ""),
        ("rp 17.30", ""),
    ];
    for (message, expected) in table {
        let read = read_as("Time", message);
        assert_eq!(read.split(' ').next().unwrap_or_default(), expected, "{message}");
    }
}

#[test]
fn a_date_is_a_day_that_there_is() {
    let table = [
        ("29/02/2023", ""),
        ("29/02/2024", "2024-02-29 <29/02/2024>"),
        ("29/02", "--02-29 <29/02>"),
        ("1/2/3", ""),
        ("大前天", "3-days-ago <大前天>"),
        ("3 hari lalu", "3-days-ago <3 hari lalu>"),
        ("dua hari yang lalu", "day-before-yesterday <dua hari yang lalu>"),
        ("2 minggu yg lalu", "14-days-ago <2 minggu yg lalu>"),
        ("one day ago", "yesterday <one day ago>"),
        ("5 days ago", "5-days-ago <5 days ago>"),
        ("tatlong araw na ang nakalipas", "3-days-ago <tatlong araw na ang nakalipas>"),
        ("三天前", "3-days-ago <三天前>"),
        ("10天以前", "10-days-ago <10天以前>"),
        ("beberapa hari lalu", ""),
        ("3 hari", ""),
        ("3 jam lalu", ""),
        ("2.5 days ago", ""),
        ("400 days ago", ""),
        ("前天", "day-before-yesterday <前天>"),
        ("May 5, 2024", "2024-05-05 <May 5, 2024>"),
        ("May 5", "--05-05 <May 5>"),
        ("may 5 po", "--05-05 <may 5>"),
        ("nung May 5", "--05-05 <May 5>"),
        ("nung may 5 po ako nagbayad", "--05-05 <may 5>"),
        ("nagbayad ako May 5 kahapon", "--05-05 <May 5>, yesterday <kahapon>"),
        ("it was may 3rd", "--05-03 <may 3rd>"),
        ("on may 8 i paid", "--05-08 <may 8>"),
        ("May 8 to May 10", "--05-08 <May 8>, --05-10 <May 10>"),
        ("may 5 akong order", ""),
        ("May 5 akong order", ""),
        ("MAY 5 AKONG ORDER", ""),
        ("May 8-10", ""),
        ("10-12 mei", ""),
        ("8th of june", "--06-08 <8th of june>"),
        ("5 ng Mayo", "--05-05 <5 ng Mayo>"),
        ("ika-5 ng Mayo", "--05-05 <ika-5 ng Mayo>"),
        ("nung ika-5 po", "---05 <ika-5>"),
        ("the 8th", "---08 <8th>"),
        ("i paid on the 8th", "---08 <8th>"),
        ("the 8th time", ""),
        ("nung 12 ng tanghali", ""),
        ("on 5 devices", ""),
        ("5号", "---05 <5号>"),
        ("5号线", ""),
        ("kagabi", "yesterday <kagabi>"),
        ("ngayon po", "today <ngayon>"),
        ("wala pa hanggang ngayon", ""),
        ("bukas", "tomorrow <bukas>"),
        ("bukas ba kayo", ""),
        ("昨晚", "yesterday <昨晚>"),
        ("礼拜三", "wednesday <礼拜三>"),
        ("tadi pagi", "today <tadi pagi>"),
        ("last friday", "last-friday <last friday>"),
        ("next friday", "next-friday <next friday>"),
        ("friday", "friday <friday>"),
        ("上周五", "last-friday <上周五>"),
        ("下个星期五", "next-friday <下个星期五>"),
        ("jumat lalu", "last-friday <jumat lalu>"),
        ("senin kemarin", "last-monday <senin kemarin>"),
        ("selasa depan", "next-tuesday <selasa depan>"),
        ("noong biyernes", "last-friday <noong biyernes>"),
        ("susunod na lunes", "next-monday <susunod na lunes>"),
        ("二零二四年五月六号", "2024-05-06 <二零二四年五月六号>"),
        ("2024年5月6日", "2024-05-06 <2024年5月6日>"),
        ("四年五月六号", ""),
        ("五月六号", "--05-06 <五月六号>"),
        ("十二月二十五日", "--12-25 <十二月二十五日>"),
        ("5 agustus 24", "2024-08-05 <5 agustus 24>"),
        ("5 agustus 24 orang", "--08-05 <5 agustus>"),
        ("50rb 5 mei", "--05-05 <5 mei>"),
    ];
    assert_read("Date", &table);
}

#[test]
fn a_last_chinese_digit_counts_in_the_next_lower_place() {
    let table = [
        ("一万五", "15000 <一万五>"),
        ("充值一万五没到账", "15000 <一万五>"),
        ("一千二", "1200 <一千二>"),
        ("两千五", "2500 <两千五>"),
        ("3千5", "3500 <3千5>"),
        ("五千三百万", "53000000 <五千三百万>"),
        ("三百五十万", "3500000 <三百五十万>"),
        ("十一万", "110000 <十一万>"),
        ("一千零二", "1002 <一千零二>"),
        ("一万零五十", "10050 <一万零五十>"),
        ("一亿五千万", "150000000 <一亿五千万>"),
        ("1万2000", "12000 <1万2000>"),
        ("三点五万", "35000 <三点五万>"),
        ("下午三点五万没到", "50000 <五万>"),
        ("三四百块", ""),
        ("几十万", ""),
        ("1w5", "15000 <1w5>"),
        ("1w 5", "10000 <1w>"),
        ("20块5", "20.5 <20块5>"),
        ("三块五", "3.5 <三块五>"),
        ("三块半", "3.5 <三块半>"),
        ("三块五毛", "3.5 <三块五毛>"),
        ("100块3天", "100 <100块>"),
        ("100块5点", "100 <100块>"),
    ];
    assert_read("Amount", &table);
}
