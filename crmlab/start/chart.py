"""What the start page and the primer draw."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator, StrMethodFormatter

from crmlab.core.charts import MARKERS, SERIES, Margins, axis_titles, captioned, headline, spread
from crmlab.core.text import say
from crmlab.start.model import CustomerBase

_TOPS = (3000.0, 6000.0, 9000.0)  # heights of the axis: it holds still until a line leaves the picture


def base_caption(base: CustomerBase) -> str:
    """Say where the base goes."""
    now, later, last = float(base.size.iloc[0]), base.long_run, float(base.size.iloc[-1])
    course = say(
        en=f"When {base.stay * 100:.0f} of 100 salons stay and {base.newcomers:,.0f} join each quarter, "
        f"{now:,.0f} salons",
        zh=f"每季度每 100 家美发店留下 {base.stay * 100:.0f} 家、新增 {base.newcomers:,.0f} 家时，{now:,.0f} 家",
    )
    if abs(later - now) < 0.5:
        return course + say(en=" stay as many.", zh="保持不变。")
    if abs(later - last) < 0.5:
        return course + say(
            en=f" become {last:,.0f} within {_years(base)} years and stay there.",
            zh=f"在 {_years(base)} 年内变为 {last:,.0f} 家，此后不变。",
        )
    return course + say(
        en=f" become {last:,.0f} in {_years(base)} years and {later:,.0f} in the long run.",
        zh=f"在 {_years(base)} 年后变为 {last:,.0f} 家，长期为 {later:,.0f} 家。",
    )


def _years(base: CustomerBase) -> str:
    return f"{(len(base.size) - 1) / 4:g}"


@captioned(base_caption, margins=Margins(right=1.75))
def base_over_time(base: CustomerBase, ax: Axes) -> Axes:
    """Draw the base quarter by quarter, with today's size and the long run as reference lines."""
    size = base.size
    now, last = float(size.iloc[0]), float(size.iloc[-1])
    highest = max(float(size.max()), base.long_run)
    top = next((top for top in _TOPS if highest <= 0.95 * top), 1.1 * highest)
    ax.axhline(now, color=SERIES[1], linestyle="--", linewidth=1.4)
    ax.axhline(base.long_run, color=SERIES[2], linestyle=":", linewidth=2)
    ax.plot(size.index, size, color=SERIES[0], linewidth=2.4)
    ax.plot(size.index[-1:], size.iloc[-1:], color=SERIES[0], marker=MARKERS[0], markersize=7, clip_on=False)
    ax.set_xlim(0, len(size) - 1)
    ax.set_ylim(0, top)
    ax.xaxis.set_major_locator(MultipleLocator(8))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.grid(axis="y")
    labels = (
        (base.long_run, say(en="long run: {:,.0f}", zh="长期：{:,.0f}").format(base.long_run)),
        (last, say(en="after {} years: {:,.0f}", zh="{}年后：{:,.0f}").format(_years(base), last)),
        (now, say(en="today: {:,.0f}", zh="今天：{:,.0f}").format(now)),
    )
    places = spread([height for height, _ in labels], gap=top * 0.075, low=0.0, high=top)
    for place, (_, words) in zip(places, labels, strict=True):
        ax.annotate(
            words, (len(size) - 1, place), (12, 0), textcoords="offset points", va="center", annotation_clip=False
        )
    axis_titles(
        ax, x=say(en="Quarters from now", zh="从现在起的季度数"), y=say(en="Salons that order", zh="订货的美发店（家）")
    )
    headline(ax, _heading(base))
    return ax


def _heading(base: CustomerBase) -> str:
    now, later = float(base.size.iloc[0]), base.long_run
    if abs(later - now) < 0.5:
        return say(
            en=f"As many join as leave: the base stays at {now:,.0f} salons",
            zh=f"新增等于流失：客户始终是 {now:,.0f} 家",
        )
    if later < now:
        return say(
            en=f"More leave than join: the base shrinks towards {later:,.0f} salons",
            zh=f"流失多于新增：客户逐步减少到 {later:,.0f} 家",
        )
    return say(
        en=f"More join than leave: the base grows towards {later:,.0f} salons",
        zh=f"新增多于流失：客户逐步增加到 {later:,.0f} 家",
    )
