"""Where the picture lies in its widget: pure arithmetic of fit, zoom and pan."""

from __future__ import annotations

from dataclasses import dataclass, replace

HIGHEST_ZOOM = 16.0
_LOWEST_ZOOM = 1.0 / 32.0


@dataclass(frozen=True, slots=True)
class PictureGeometry:
    """The map between picture and widget.

    Picture coordinates are square pixels of the displayed picture (after pixel aspect and
    rotation) from its top left; widget coordinates are logical pixels.

    Attributes:
        width: Width of the picture in picture coordinates.
        height: Height of the picture.
        left: Widget x of the picture's left edge.
        top: Widget y of its top edge.
        scale: Logical pixels per picture pixel.
        device_ratio: Physical pixels per logical pixel.
    """

    width: int
    height: int
    left: float
    top: float
    scale: float
    device_ratio: float = 1.0

    @property
    def zoom(self) -> float:
        """Physical pixels per picture pixel: 1 is 100 %."""
        return self.scale * self.device_ratio

    @property
    def rect(self) -> tuple[float, float, float, float]:
        """Left, top, width and height in the widget."""
        return self.left, self.top, self.width * self.scale, self.height * self.scale

    def to_widget(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture is in the widget."""
        return self.left + x * self.scale, self.top + y * self.scale

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Which point of the picture is at this place of the widget; may lie outside."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale


@dataclass(frozen=True, slots=True)
class Viewport:
    """What the person chose: fit, or a zoom around a place.

    Attributes:
        zoom: Physical pixels per picture pixel; None fits the picture into the widget.
        center_x: Place in the widget's middle, as a fraction of the picture's width.
        center_y: The same for its height.
    """

    zoom: float | None = None
    center_x: float = 0.5
    center_y: float = 0.5

    def geometry(
        self, picture: tuple[int, int], widget: tuple[int, int], device_ratio: float
    ) -> PictureGeometry:
        """Lay the picture out.

        Args:
            picture: Width and height in square pixels.
            widget: Width and height in logical pixels.
            device_ratio: Physical pixels per logical pixel.
        """
        width, height = max(picture[0], 1), max(picture[1], 1)
        room_x, room_y = max(widget[0], 1), max(widget[1], 1)
        fit = min(room_x / width, room_y / height)
        scale = fit if self.zoom is None else self.zoom / device_ratio
        left = _place(width * scale, room_x, self.center_x)
        top = _place(height * scale, room_y, self.center_y)
        # Whole physical pixels, so that a picture at 100 % is not smeared by half a pixel.
        left = round(left * device_ratio) / device_ratio
        top = round(top * device_ratio) / device_ratio
        return PictureGeometry(width, height, left, top, scale, device_ratio)

    def zoomed(
        self, geometry: PictureGeometry, widget: tuple[int, int], zoom: float, x: float, y: float
    ) -> Viewport:
        """Zoom so that the point of the picture under widget point (x, y) stays there."""
        zoom = min(max(zoom, _LOWEST_ZOOM), HIGHEST_ZOOM)
        at_x, at_y = geometry.to_picture(x, y)
        scale = zoom / geometry.device_ratio
        center_x = (at_x + (widget[0] / 2 - x) / scale) / geometry.width
        center_y = (at_y + (widget[1] / 2 - y) / scale) / geometry.height
        return Viewport(zoom, _inside(center_x), _inside(center_y))

    def panned(self, geometry: PictureGeometry, dx: float, dy: float) -> Viewport:
        """Move the picture by logical pixels."""
        _, _, width, height = geometry.rect
        return replace(
            self,
            center_x=_inside(self.center_x - dx / width),
            center_y=_inside(self.center_y - dy / height),
        )


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _place(length: float, room: float, center: float) -> float:
    """Left edge of a picture: centred when it is smaller than the room, else without a gap."""
    if length <= room:
        return (room - length) / 2
    return min(max(room / 2 - center * length, room - length), 0.0)
