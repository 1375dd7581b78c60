"""What the doctor makes of what it saw, on systems and in states that this machine isn't in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk import wiring
from kiosk.core import checkup
from kiosk.core.catalogue import Catalogue, Entry, PackName, Variety
from kiosk.core.checkup import (
    DiskSeen,
    Finding,
    FontsSeen,
    LogSeen,
    LogState,
    Offer,
    SoundSeen,
    State,
    System,
    TerminalSeen,
    VoiceSeen,
)
from kiosk.core.items import Kind, Text, Verdict
from kiosk.core.settings import Player, Settings
from kiosk.core.speech import Described, Voicing

LINUX = System("linux", "/opt/kiosk/bin/python", "")
WINDOWS = System("win32", "python", "")
MACOS = System("darwin", "python3", "")
BOTH = (Offer("zh", "zh"), Offer("en", "en"))
MANDARIN = Voicing("zh", "espeak", "sit/cmn", "Chinese (Mandarin)", True, "", 203.4)
ENGLISH = Voicing("en", "espeak", "gmw/en", "English", True, "", 124.0)
GOOD = Described(1, (MANDARIN, ENGLISH), "pulseaudio", "", ("Speaker", "Headset"), "", 12, 3_400_000)
TODAY = date(2026, 11, 22)
CARDS = SoundSeen(("HDA Intel PCH",), True, ("miniaudio", "aplay"))
IDLE = LogSeen(LogState.GOOD)
XTERM = TerminalSeen(True, 71, 20, "xterm-256color", 256, "UTF-8")


def only(findings: list[Finding], state: State) -> Finding:
    (found,) = [finding for finding in findings if finding.state is state]
    return found


def test_one_bad_line_is_enough_and_a_note_is_not() -> None:
    assert checkup.works([Finding("a", State.OK, ""), Finding("b", State.NOTE, "")])
    assert not checkup.works([Finding("a", State.OK, ""), Finding("b", State.BAD, "")])


class TestVoice:
    def test_each_language_tells_engine_voice_and_rate(self) -> None:
        assert [tuple(finding) for finding in checkup.voice(VoiceSeen(GOOD), BOTH, Settings(), LINUX)] == [
            ("voice", "ok", "zh: espeak sit/cmn (Chinese (Mandarin)), 203 characters a minute", ""),
            ("voice", "ok", "en: espeak gmw/en (English), 124 words a minute", ""),
        ]

    @pytest.mark.parametrize(
        ("system", "remedy"),
        [
            (LINUX, "/opt/kiosk/bin/python -m pip install espeakng-loader"),
            (WINDOWS, "Settings → Time & language → Speech → Add voices: Chinese (Simplified)"),
            (
                MACOS,
                "System Settings → Accessibility → Spoken Content → System Voice → Manage Voices: Chinese (Simplified)",
            ),
        ],
    )
    def test_a_missing_voice_is_bad_and_its_remedy_is_the_systems(self, system: System, remedy: str) -> None:
        tried = MANDARIN._replace(used=False, why="it reads Mandarin as letters")
        described = GOOD._replace(voices=(tried, ENGLISH), why="espeakng-loader is not installed")
        bad = only(checkup.voice(VoiceSeen(described), BOTH, Settings(), system), State.BAD)
        assert bad.text == "zh: no voice: it reads Mandarin as letters"
        assert bad.remedy == remedy

    def test_why_there_is_no_voice_is_not_mixed_with_why_there_is_no_sound(self) -> None:
        described = GOOD._replace(voices=(), why="espeakng-loader is not installed; no sound device (alsa: no)")
        assert checkup.voice(VoiceSeen(described), BOTH[:1], Settings(), LINUX) == [
            Finding(
                "voice",
                State.BAD,
                "zh: no voice: espeakng-loader is not installed",
                "/opt/kiosk/bin/python -m pip install espeakng-loader",
            )
        ]

    @pytest.mark.parametrize("settings", [Settings(muted=True), Settings(volume=0)])
    def test_where_the_settings_keep_it_quiet_a_missing_voice_is_a_note(self, settings: Settings) -> None:
        findings = checkup.voice(VoiceSeen(GOOD._replace(voices=())), BOTH, settings, LINUX)
        assert {finding.state for finding in findings} == {State.NOTE}
        assert checkup.works(checkup.voice(VoiceSeen(None, "it fell"), BOTH, settings, LINUX))
        assert not checkup.works(checkup.voice(VoiceSeen(None, "it fell"), BOTH, Settings(), LINUX))

    @pytest.mark.parametrize("voices", [(MANDARIN,), (MANDARIN, MANDARIN._replace(language="zh-henan"))])
    def test_a_variety_without_a_voice_says_who_stands_in_and_what_is_recorded(
        self, voices: tuple[Voicing, ...]
    ) -> None:
        described = GOOD._replace(voices=voices)
        offers = (Offer("zh", "zh"), Offer("zh-henan", "zh", "河南话"))
        recorded = checkup.voice(VoiceSeen(described, "", {"zh-henan": 12}), offers, Settings(), LINUX)[-1]
        assert recorded == Finding("voice", State.OK, "zh-henan: 12 recordings, all else in the voice of zh")
        bare = checkup.voice(VoiceSeen(described), offers, Settings(), LINUX)[-1]
        assert bare.state is State.NOTE
        assert bare.remedy == "record it: kiosk voice record-list PACK --lang zh-henan"

    def test_a_variety_with_a_voice_of_its_own_is_told_like_a_language(self) -> None:
        cantonese = Voicing("yue", "espeak", "sit/yue", "Chinese (Cantonese)", True, "", 198.0)
        offers = (Offer("zh", "zh"), Offer("yue", "zh", "粤语"))
        told = checkup.voice(VoiceSeen(GOOD._replace(voices=(MANDARIN, cantonese))), offers, Settings(), LINUX)[-1]
        assert told.text == "yue: espeak sit/yue (Chinese (Cantonese)), 198 characters a minute"

    def test_a_piper_voice_that_is_not_used_is_noted_with_why(self) -> None:
        piper = Voicing("zh", "piper", "/v/zh.onnx", "zh.onnx", False, "/v/zh.onnx is not there")
        note = only(
            checkup.voice(VoiceSeen(GOOD._replace(voices=(piper, *GOOD.voices))), BOTH, Settings(), LINUX), State.NOTE
        )
        assert note.text == "zh: piper zh.onnx is not used: /v/zh.onnx is not there"
        assert "voice.piper" in note.remedy

    def test_files_that_are_never_played_are_noted_with_what_names_them(self) -> None:
        seen = VoiceSeen(GOOD, "", {"zh": 3}, {"/my packs/p": 2, "/q": 0})
        note = only(checkup.voice(seen, BOTH, Settings(), LINUX), State.NOTE)
        assert note.text == "2 files among the recordings are never played"
        assert note.remedy == 'kiosk voice check "/my packs/p"'

    @pytest.mark.parametrize("settings", [Settings(muted=True), Settings(volume=0)])
    def test_a_kiosk_that_begins_without_sound_is_told_how_it_would_with(self, settings: Settings) -> None:
        assert only(checkup.voice(VoiceSeen(GOOD), BOTH, settings, LINUX), State.NOTE).remedy.startswith("set voice.")


class TestSound:
    def sound(self, described: Described, seen: SoundSeen = CARDS, **settings: object) -> list[Finding]:
        return checkup.sound(seen, VoiceSeen(described), IDLE, Settings(**settings), LINUX)  # type: ignore[arg-type]

    def test_what_plays_is_told_with_the_names_for_the_settings(self) -> None:
        assert [finding.text for finding in self.sound(GOOD)] == [
            "pulseaudio plays on the system's own device",
            "for voice.device: Speaker, Headset",
        ]

    @pytest.mark.parametrize(
        ("seen", "settings", "remedy"),
        [
            (SoundSeen((), True, ("miniaudio",)), {}, "plug in a loudspeaker, headphones or a USB sound card"),
            (SoundSeen(("USB Audio",), False, ("miniaudio",)), {}, "sudo usermod -aG audio $USER, then log in again"),
            (SoundSeen(("USB Audio",), True, ()), {}, "sudo apt install alsa-utils"),
            (CARDS, {"player": Player.PAPLAY}, "sudo apt install pulseaudio-utils"),
            (SoundSeen((), True, ()), {"player": Player.MINIAUDIO}, 'set voice.player to "auto"'),
        ],
    )
    def test_silence_is_bad_with_the_one_thing_to_do(
        self, seen: SoundSeen, settings: dict[str, object], remedy: str
    ) -> None:
        nothing = GOOD._replace(player="", devices=(), why="no sound device (alsa: no)")
        bad = only(self.sound(nothing, seen, **settings), State.BAD)
        assert bad.remedy == remedy
        assert self.sound(nothing, seen, muted=True, **settings)[0].state is State.NOTE

    def test_a_device_that_is_not_there_is_answered_with_those_that_are(self) -> None:
        bad = only(self.sound(GOOD._replace(player=""), sound_device="Radio"), State.BAD)
        assert bad.text == "voice.device: there is no 'Radio'"
        assert bad.remedy == 'set voice.device to "" or to one of: Speaker, Headset'

    def test_what_is_listed_beside_the_devices_is_never_recommended(self) -> None:
        names = (
            *("Rate Converter Plugin Using Libav/FFmpeg Library", "Open Sound System", "JACK Audio Connection Kit"),
            *("PulseAudio Sound Server", "Plugin for channel downmix (stereo)", "Discard all samples", "null"),
        )
        nothing = GOOD._replace(player="", devices=names, why="no sound device (alsa: no such device)")
        bad = only(self.sound(nothing, SoundSeen((), True, ("miniaudio",)), sound_device="Logitech"), State.BAD)
        assert bad.text == "no sound device, and so none for voice.device = 'Logitech'"
        assert bad.remedy == "plug in a loudspeaker, headphones or a USB sound card"
        more = nothing._replace(devices=(*names, *"ABCDEF", "Headphone Jack"))
        bad = only(self.sound(more, sound_device="Logitech"), State.BAD)
        assert bad.text == "voice.device: there is no 'Logitech'"
        assert bad.remedy == 'set voice.device to "" or to one of: A, B, C, D, E'

    @pytest.mark.parametrize(
        ("player", "why", "text", "remedy"),
        [
            (Player.APLAY, "aplay: main:831: audio open error: Device or resource busy", "another program", "end that"),
            (Player.PAPLAY, "paplay: Connection failure: Connection refused", "no sound server", '"auto"'),
            (Player.APLAY, "aplay: pcm_route.c:877: Found no matching channel map", "nothing to play on", "aplay -l"),
        ],
    )
    def test_what_a_player_complains_of_is_told_in_plain_words(
        self, player: Player, why: str, text: str, remedy: str
    ) -> None:
        nothing = GOOD._replace(player="", why=f"no sound device ({why})")
        bad = only(self.sound(nothing, CARDS._replace(players=("aplay", "paplay")), player=player), State.BAD)
        assert text in bad.text
        assert remedy in bad.remedy
        assert why.rpartition(": ")[2] not in bad.text

    def test_without_the_library_the_programs_complaints_are_told_in_plain_words_too(self) -> None:
        nothing = GOOD._replace(player="", why="no sound device (aplay: main:831: audio open error: No such file)")
        bad = only(self.sound(nothing, CARDS._replace(players=("paplay", "aplay"))), State.BAD)
        assert bad.text == "paplay and aplay: nothing to play on"
        assert bad.remedy == "choose in voice.device what is told by: aplay -l"

    def test_the_device_that_plays_to_nowhere_is_noted(self) -> None:
        assert "nobody hears it" in only(self.sound(GOOD, sound_device="null"), State.NOTE).text

    def test_headphones_are_looked_for_by_name(self) -> None:
        assert "headphones 'headset': plugged in" in [
            finding.text for finding in self.sound(GOOD, headphones="headset")
        ]
        away = only(self.sound(GOOD, headphones="Bluetooth"), State.NOTE)
        assert away.remedy == "plug them in, or correct voice.headphones"

    def test_a_running_kiosk_may_have_the_card_for_itself(self) -> None:
        nothing = VoiceSeen(GOOD._replace(player="", devices=(), why="no sound device (alsa: busy)"))
        busy = checkup.sound(CARDS, nothing, IDLE._replace(holder=7), Settings(), LINUX)
        assert only(busy, State.NOTE).remedy == "nothing, if the kiosk that runs here is heard"

    @pytest.mark.parametrize("system", [WINDOWS, MACOS])
    def test_elsewhere_the_remedy_is_a_way_through_the_settings(self, system: System) -> None:
        nothing = VoiceSeen(GOOD._replace(player="", devices=(), why="no"))
        assert "Output" in checkup.sound(SoundSeen(), nothing, IDLE, Settings(), system)[0].remedy


class TestScreen:
    def test_no_font_with_chinese_is_bad_where_chinese_is_offered(self) -> None:
        none = FontsSeen(True)
        assert only(checkup.fonts(none, XTERM, BOTH, LINUX), State.BAD).remedy == "sudo apt install fonts-noto-cjk"
        assert "Supplemental Fonts" in only(checkup.fonts(none, XTERM, BOTH, WINDOWS), State.BAD).remedy
        assert checkup.works(checkup.fonts(none, XTERM, BOTH[1:], LINUX))

    def test_over_ssh_the_fonts_of_the_other_side_count(self) -> None:
        remote = checkup.fonts(FontsSeen(True), XTERM._replace(remote=True), BOTH, LINUX)
        assert "on this side of SSH" in only(remote, State.NOTE).text

    def test_linux_text_console_is_bad_for_chinese_alone(self) -> None:
        console, fonts = XTERM._replace(kind="linux"), FontsSeen(True, ("Noto Sans CJK SC",))
        bad = only(checkup.fonts(fonts, console, BOTH, LINUX), State.BAD)
        assert bad.remedy == "start the kiosk in a terminal window on a desktop"
        assert checkup.works(checkup.fonts(fonts, console, BOTH[1:], LINUX))

    @pytest.mark.parametrize(
        ("size", "text"),
        [
            ((80, 24), "80×24 cells: the kiosk uses 80×24"),
            ((79, 24), "79×24 cells: the kiosk uses 71×20"),
            ((56, 16), "56×16 cells: the kiosk uses 56×16"),
        ],
    )
    def test_the_grid_that_fits_is_told(self, size: tuple[int, int], text: str) -> None:
        assert checkup.terminal(XTERM._replace(columns=size[0], rows=size[1]), LINUX)[0].text == text

    @pytest.mark.parametrize("size", [(55, 16), (56, 15)])
    def test_a_smaller_one_is_bad(self, size: tuple[int, int]) -> None:
        seen = XTERM._replace(columns=size[0], rows=size[1])
        assert "full screen" in only(checkup.terminal(seen, LINUX), State.BAD).remedy

    def test_what_is_odd_about_a_terminal_is_noted(self) -> None:
        assert only(checkup.terminal(XTERM._replace(colours=0), LINUX), State.NOTE).remedy == "unset NO_COLOR"
        assert "16 colours" in only(checkup.terminal(XTERM._replace(colours=16), LINUX), State.NOTE).text
        latin = only(checkup.terminal(XTERM._replace(encoding="ISO-8859-1"), LINUX), State.NOTE)
        assert latin.text == "the locale says ISO-8859-1; the kiosk writes UTF-8"
        unknown = only(checkup.terminal(XTERM._replace(columns=0, rows=0), LINUX), State.NOTE)
        assert unknown.text == "its size can't be told"

    def test_what_to_do_about_it_is_said_in_the_systems_own_words(self) -> None:
        odd = XTERM._replace(colours=0, encoding="cp936")
        for system, shell in ((LINUX, ("unset", "export")), (WINDOWS, ("Remove-Item", "chcp"))):
            remedies = [finding.remedy for finding in checkup.terminal(odd, system) if finding.remedy]
            assert [remedy.split()[0] for remedy in remedies] == [*shell]

    def test_windows_has_no_term(self) -> None:
        assert checkup.works(checkup.terminal(XTERM._replace(kind="", colours=1 << 24), WINDOWS))
        assert not checkup.works(checkup.terminal(XTERM._replace(kind=""), LINUX))

    def test_every_message_that_the_interface_draws_is_looked_at(self) -> None:
        ids = set()
        for file in wiring.shipped("locales").glob("*/LC_MESSAGES/kiosk.po"):
            ids |= set(re.findall(r'^msgid "([a-z-]+-drawn)"$', file.read_text("utf-8"), re.MULTILINE))
        assert ids == set(checkup.DRAWN)

    def test_what_has_no_bitmap_is_named(self) -> None:
        words, bitmap = wiring.words(), wiring.glyphs().bitmap
        assert checkup.glyphs(words, ("zh", "en"), ("110", "96110"), bitmap)[0].state is State.OK
        small = only(checkup.glyphs(words, ("zh", "en"), ("110", "龘"), bitmap), State.NOTE)
        assert small.text == "written small, not drawn: 龘"


class TestData:
    def test_a_folder_that_can_not_be_written_is_all_that_is_told_of_it(self) -> None:
        bad = checkup.data(DiskSeen(True, "permission denied", 10**12), IDLE, Settings(data="/srv/kiosk"))
        assert [tuple(finding) for finding in bad] == [
            (
                "data",
                "bad",
                "/srv/kiosk can't be written: permission denied",
                "let the kiosk write there, or set data.folder to a folder where it can",
            )
        ]

    @pytest.mark.parametrize(
        ("free", "state"),
        [(19_000_000, State.BAD), (20_000_000, State.NOTE), (199_000_000, State.NOTE), (200_000_000, State.OK)],
    )
    def test_little_room_is_noted_and_next_to_none_is_bad(self, free: int, state: State) -> None:
        assert checkup.data(DiskSeen(True, "", free), IDLE, Settings(data="/srv"))[0].state is state

    @pytest.mark.parametrize(
        ("log", "state", "text"),
        [
            (LogState.NONE, State.OK, "none yet: it is begun at the first start"),
            (LogState.DUE, State.OK, "of an earlier version: the next start brings it up to date"),
            (LogState.DAMAGED, State.NOTE, "damaged: the next start sets it aside and begins a new one"),
            (LogState.TOO_NEW, State.BAD, "of a newer version of the kiosk: nobody would be counted"),
            (LogState.UNREADABLE, State.BAD, "can't be read, so nobody would be counted: disk I/O error"),
        ],
    )
    def test_a_log_in_which_nobody_would_be_counted_is_bad(self, log: LogState, state: State, text: str) -> None:
        told = checkup.data(DiskSeen(True, "", -1), LogSeen(log, why="disk I/O error"), Settings(data="/srv"))[-1]
        assert (told.area, told.state, told.text) == ("log", state, text)

    def test_the_cache_tells_its_limit_and_what_slows_a_kiosk_down(self) -> None:
        config = Settings(cache="/var/cache/kiosk")
        disk = DiskSeen(True, "", -1)
        assert (
            checkup.cache(disk, GOOD, config)[0].text == "12 sentences ready, 3 of at most 1200 MB, in /var/cache/kiosk"
        )
        empty = checkup.cache(disk, GOOD._replace(cache_files=0, cache_bytes=0), config)[0]
        assert empty.remedy.startswith("kiosk voice render")
        assert checkup.cache(disk, GOOD, config)[0].remedy == empty.remedy
        full = GOOD._replace(cache_files=2000)
        assert [finding.state for finding in checkup.cache(disk, full, config)] == [State.OK]
        small = only(checkup.cache(disk, full, Settings(voice_cache_megabytes=60)), State.NOTE)
        assert small.text == "voice.cache_megabytes = 60: too little to keep all that is said"
        assert small.remedy == "set voice.cache_megabytes to 1200"
        assert checkup.cache(DiskSeen(True, "read-only file system", -1), None, config)[0].state is State.NOTE
        assert checkup.cache(disk, GOOD, Settings(voice_cache_megabytes=0))[0].state is State.NOTE


class TestClock:
    def test_a_board_without_a_battery_is_bad(self) -> None:
        bad = checkup.clock(datetime(1970, 1, 1, 0, 5, tzinfo=timezone(timedelta(hours=8), "CST")), LINUX)[0]
        assert bad.state is State.BAD
        assert bad.text == "1970-01-01 00:05, CST (UTC+0800): the clock is wrong"
        assert bad.remedy.startswith("sudo timedatectl set-ntp true")
        assert "Date" in checkup.clock(datetime(2025, 12, 31, tzinfo=UTC), WINDOWS)[0].remedy

    def test_no_zone_is_noted(self) -> None:
        assert checkup.clock(datetime(2026, 1, 1, tzinfo=UTC), LINUX)[0].state is State.NOTE
        home = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8), "CST"))
        assert checkup.clock(home, LINUX)[0].state is State.OK


class TestPacks:
    def entry(self, name: str, verdict: Verdict | None = None, **more: object) -> Entry:
        kind = Kind.SCENARIO if verdict else Kind.STORY
        entry = Entry(f"p/{name}", kind, verdict, "phone", 2, "", "", None, ("zh", "en"), "")
        return entry._replace(**more)  # type: ignore[arg-type]

    def packs(self, *entries: Entry, faults: int = 0, languages: tuple[str, ...] = ("zh", "en")) -> list[Finding]:
        name = PackName("p", "1", Text({"zh": "包"}), languages, (Variety("zh-henan", "zh", "河南话"),), "/p")
        catalogue = Catalogue((name,), entries, faults=faults)
        offers = checkup.offers(Settings(), ("zh", "en"), catalogue)
        return checkup.packs(catalogue, Settings(), ("zh", "en"), offers, ["/my packs"], TODAY)

    def test_one_of_each_verdict_is_enough(self) -> None:
        fraud = self.entry("a", Verdict.FRAUD, twin="p/b")
        genuine = self.entry("b", Verdict.GENUINE, twin="p/a")
        assert checkup.works(self.packs(fraud, genuine))
        bad = only(self.packs(fraud, self.entry("c")), State.BAD)
        assert bad.text == "no learn visit: it needs one scam and one real case, complete in every language"
        assert bad.remedy == 'kiosk content check "/my packs"'
        assert not checkup.works(self.packs(fraud, genuine._replace(languages=("zh",))))

    def test_what_is_offered_is_counted_with_its_varieties(self) -> None:
        texts = [finding.text for finding in self.packs(self.entry("a", Verdict.FRAUD), self.entry("c"))]
        assert texts[0] == "p 1: 1 case (1 scam, 0 real), 1 story, 0 facts"
        assert "zh-henan: 河南话, spoken, with the texts of zh" in texts

    def test_what_is_left_out_lapsed_or_about_to_is_noted(self) -> None:
        pair = (
            self.entry("a", Verdict.FRAUD, twin="p/b", expires="2027-01-21"),
            self.entry("b", Verdict.GENUINE, twin="p/a", expires="2026-11-21"),
        )
        notes = [finding.text for finding in self.packs(*pair, faults=2) if finding.state is State.NOTE]
        assert notes == [
            "2 items left out for mistakes",
            "1 item lapsed: some are shown, because too few others are left",
            "1 item will lapse within 60 days",
        ]

    def test_a_language_that_a_pack_lacks_is_noted(self) -> None:
        pair = self.entry("a", Verdict.FRAUD, twin="p/b"), self.entry("b", Verdict.GENUINE, twin="p/a")
        note = only(self.packs(*pair, languages=("zh",)), State.NOTE)
        assert note.text == "en is not offered, because not every pack is in it"


def test_a_language_without_interface_is_bad() -> None:
    config = Settings(languages=("zh", "fr"))
    bad = only(checkup.settings("/k.toml", (), config, ("en", "zh"), BOTH[:1]), State.BAD)
    assert (bad.text, bad.remedy) == ("languages.offered: there is no fr", "choose of en, zh in /k.toml")
    assert "/a" in checkup.settings("", ("/a", str(Path("/b"))), Settings(), ("en", "zh"), BOTH)[0].text


def test_a_first_language_that_is_not_offered_is_bad() -> None:
    config = Settings(language="yue")
    bad = only(checkup.settings("", (), config, ("en", "zh"), BOTH), State.BAD)
    assert (bad.text, bad.remedy) == ("languages.first: yue is not offered", "choose of zh, en in the settings")
    offers = (*BOTH, Offer("yue", "zh", "粤语"))
    assert checkup.works(checkup.settings("", (), config, ("en", "zh", "yue"), offers))
