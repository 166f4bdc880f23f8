//! Durations of every style.

use proptest::prelude::*;

use super::*;

#[test]
fn reads_every_style_of_duration() {
    for (text, seconds) in [
        ("1:30", 5400),
        ("01:30:00", 5400),
        ("1:30:45", 5445),
        ("-1:30", -5400),
        ("'-1:30", -5400),
        ("−1:30", -5400),
        ("+1:30", 5400),
        ("26:30", 95_400),
        ("0:00", 0),
        ("１：３０", 5400),
        ("1h 30m", 5400),
        ("1h30m", 5400),
        ("1h30", 5400),
        ("1H30", 5400),
        ("1H30M", 5400),
        ("1 h 30 min", 5400),
        ("1\u{a0}h\u{a0}30", 5400),
        ("-1h 30m", -5400),
        ("1 h", 3600),
        ("2 hours 5 minutes", 7500),
        ("90 min", 5400),
        ("90m", 5400),
        ("45s", 45),
        ("1h 45s", 3645),
        ("2 Std.", 7200),
        ("2Std. 30Min.", 9000),
        ("1 heure 30 minutes", 5400),
        ("2 horas", 7200),
        ("２小时", 7200),
        ("1小时30分钟", 5400),
        ("1小时30", 5400),
        ("1小時 30分", 5400),
        ("PT1H30M", 5400),
        ("PT90M", 5400),
        ("PT5400S", 5400),
        ("-PT1H", -3600),
        ("P0DT01H30M00S", 5400), // Django's
        ("P0D", 0),
    ] {
        assert_eq!(read_duration(text), Some(seconds), "{text}");
    }
}

#[test]
fn refuses_what_is_no_duration() {
    for text in [
        "",
        "-",
        "1",
        "1.5",
        "1,5",
        "90",
        "1:5",
        "2 Std..",
        "2.",
        "2 .",
        "2 Tage",
        "2 天",
        "30分1小时",
        "1:60",
        "1:300",
        ":30",
        "1:",
        "1:30:",
        "1:30:60",
        "1:30:00:00",
        "1:30:00.5",
        "1 : 30",
        "(1:30)",
        "1:30-",
        "--1:30",
        "1:-30",
        "1:30 PM",
        "1h5",
        "1h60m",
        "1h 90m",
        "30m 1h",
        "1h 1h",
        "1h30x",
        "30 30",
        "m",
        "h",
        "90M",
        "1.5h",
        "1,5 h",
        "1 d",
        "1d 2h",
        "P",
        "PT",
        "P1D",
        "P1DT2H",
        "P0DT",
        "P1W",
        "P1M",
        "PT1H1H",
        "PT30M1H",
        "PT1.5H",
        "PT1",
        "P1H",
        "T1H",
        "1 day, 2:00:00",
        "²:30",
        "999999999999h",
    ] {
        assert_eq!(read_duration(text), None, "{text:?}");
    }
    for text in ["9".repeat(10_000) + ":30", "1:30".repeat(2_500), "1h".repeat(5_000)] {
        assert_eq!(read_duration(&text), None);
    }
}

proptest! {
    #[test]
    fn durations_read_back(seconds in 0..400_000_i64, negative in any::<bool>(), style in 0..6_u8) {
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let (text, seconds) = match style {
            0 => (format!("{h}:{m:02}"), seconds - s),
            1 => (format!("{h:02}:{m:02}:{s:02}"), seconds),
            2 => (format!("{h}h {m}m {s}s"), seconds),
            3 => (format!("{h}h{m:02}"), seconds - s),
            4 => (format!("{} min", seconds / 60), seconds - s),
            _ => (format!("PT{h}H{m}M{s}S"), seconds),
        };
        let (text, seconds) = if negative { (format!("-{text}"), -seconds) } else { (text, seconds) };
        prop_assert_eq!(read_duration(&text), Some(seconds), "{}", text);
    }
}
