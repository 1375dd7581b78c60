"""The card that plays: opened, watched, opened again when it has vanished, and changed for headphones.

All of it on a thread of its own, because sound devices make one wait, some for ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from kiosk.core.errors import SpeechError
from kiosk.core.speech import DEVICE_LOST, NO_DEVICE, Failed, News, Playing, Private, Sound
from kiosk.voice.playback import Stream
from kiosk.voice.players import Card, Limited, NoDeviceError, Player

_TICK = 0.2
"""Seconds between looks at the card."""

_RETRY = 1.0
"""Seconds until a device is looked for again."""

_REFUSED = 10.0
"""Seconds until headphones that could not be opened are tried again."""

_OPENS = 3.0
"""Seconds after which a device that is being opened is given up …"""

_ANSWERS = 1.0
"""… and after which the question what devices there are."""

_FIRST = 5.0
"""Seconds that anybody waits for the first device."""


class Output:
    """What is heard, and whether it is."""

    def __init__(
        self,
        players: Sequence[Player],
        why: str,
        device: str,
        headphones: str,
        stream: Stream,
        tell: Callable[[News | Playing], None],
    ) -> None:
        """`players` in the order in which they are tried, and why there are no others.

        `device` and `headphones` as in the settings. News is told only after `told`.
        """
        self._players = players
        self._missing = why
        self._device = device
        self._headphones = headphones
        self._stream = stream
        self._tell = tell
        self._limits = {player.name: Limited() for player in players}
        self._card: Card | None = None
        self._private = False
        """Whether the card is the headphones."""
        self._why = f"{DEVICE_LOST} has not answered yet"
        self._tried = 0.0
        self._looked = 0.0
        self._refused = -_REFUSED
        self._settled = threading.Event()
        self._started = threading.Event()
        self._told_sound = False
        self._told_private = False
        threading.Thread(target=self._run, name="output", daemon=True).start()

    @property
    def why(self) -> str:
        """Why nothing can be heard; empty while something plays."""
        return self._why

    @property
    def player(self) -> str:
        """What plays; empty where nothing does."""
        card = self._card
        return card.player if card else ""

    @property
    def device(self) -> str:
        """The name of the device in use; empty for the system's own."""
        card = self._card
        return card.device if card else ""

    def wait(self) -> None:
        """Until a device plays, or none was found."""
        self._settled.wait(_FIRST)

    def told(self, sound: bool) -> None:
        """Somebody has been told whether there is sound; from now on what changes is told."""
        self._told_sound = sound
        self._started.set()

    def devices(self) -> tuple[str, ...]:
        """The names of all there are, as far as they can be had; takes up to some seconds."""
        found: dict[str, None] = {}
        for player in self._players:
            found.update(dict.fromkeys(self._names(player)))
        return tuple(found)

    def _run(self) -> None:
        self._connect()
        self._settled.set()
        self._started.wait()
        while True:
            self._report()
            time.sleep(_TICK)
            self._look_after()

    def _look_after(self) -> None:
        now = time.monotonic()
        card = self._card
        if card is None:
            if now - self._tried >= _RETRY:
                self._connect()
            return
        if not card.alive:
            self._lose(card, f"{DEVICE_LOST} ({card.player}) has stopped")
            return
        player = next(player for player in self._players if player.name == card.player)
        if now - self._looked >= player.every:
            self._looked = now
            if self._headphones:
                self._look_for_headphones(player, card)
            if card is self._card and self._is_gone(player, card.device):
                self._lose(card, f"{DEVICE_LOST} ({card.player}) is gone")

    def _look_for_headphones(self, player: Player, card: Card) -> None:
        """Change over where they have come or gone; what is being spoken goes on."""
        names = self._names(player)
        there = any(self._headphones.lower() in name.lower() for name in names)
        if not names or there == self._private or (there and time.monotonic() - self._refused < _REFUSED):
            return
        try:
            new = self._open(player, self._headphones if there else self._device)
        except SpeechError:
            self._refused = time.monotonic()
            return
        card.close()
        try:
            self._begin(new)
        except SpeechError:
            self._refused = time.monotonic()
            self._connect()
        else:
            self._card, self._private = new, there

    def _connect(self) -> None:
        """Find a device and have it play; else `why` tells why not."""
        self._tried = time.monotonic()
        self._card, self._private = None, False
        reasons: list[str] = []
        for device, private in self._wanted():
            for player in self._players:
                try:
                    card = self._open(player, device)
                    self._begin(card)
                except SpeechError as error:
                    if not private:
                        reasons.append(f"{player.name}: {error}")
                    if isinstance(error, NoDeviceError):
                        break
                else:
                    self._card, self._private, self._why = card, private, ""
                    return
        self._why = f"{NO_DEVICE} ({', '.join(reasons) or self._missing})"

    def _wanted(self) -> list[tuple[str, bool]]:
        """The devices to try, and whether they are the headphones."""
        try_headphones = self._headphones and time.monotonic() - self._refused >= _REFUSED
        return [*([(self._headphones, True)] if try_headphones else []), (self._device, False)]

    def _open(self, player: Player, device: str) -> Card:
        return self._limits[player.name](_OPENS, lambda: player.open(device), Card.close)

    def _begin(self, card: Card) -> None:
        """Have it play, and wait until it does; raises `SpeechError`."""
        try:
            card.start(self._stream)
            _prove(card)
        except SpeechError:
            card.close()
            self._stream.detach()
            raise

    def _lose(self, card: Card, why: str) -> None:
        """What was being spoken is lost with the card, unless it goes on without the headphones."""
        said, was_private = card.why, self._private
        card.close()
        self._card, self._private = None, False
        if was_private:
            self._connect()
            if self._card is not None:
                return
        self._why = f"{why}: {said}" if said else why

    def _report(self) -> None:
        """Tell what has changed since it was last told."""
        sound = not self._why
        if sound != self._told_sound:
            self._told_sound = sound
            self._tell(Sound(sound, self._why))
            if not sound and (under_way := self._stream.drop()):
                self._tell(Failed(under_way, self._why))
        if sound and self._private != self._told_private:
            self._told_private = self._private
            self._tell(Private(self._private, self.device))

    def _names(self, player: Player) -> tuple[str, ...]:
        try:
            return self._limits[player.name](_ANSWERS, player.devices, lambda _: None)
        except SpeechError:
            return ()

    def _is_gone(self, player: Player, device: str) -> bool:
        try:
            return self._limits[player.name](_ANSWERS, lambda: player.is_gone(device), lambda _: None)
        except SpeechError:
            return False


def _prove(card: Card) -> None:
    """Wait until it plays; raises `SpeechError`."""
    while not card.proved:
        if not card.alive:
            raise SpeechError(card.why or "it does not ask for sound")
        time.sleep(0.01)
