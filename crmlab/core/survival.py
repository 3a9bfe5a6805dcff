"""How long relations last when many of them have not ended yet."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from crmlab.core.data import require_numbers


def survival(duration: ArrayLike, left: ArrayLike) -> pd.Series[float]:
    """Return the share of relations that outlast each duration, with those that still run counted as far as they go.

    Parameters
    ----------
    duration
        How long each relation was seen, > 0, in any one unit.
    left
        1 or True where it ended then, 0 or False where it still runs (censored).

    Returns
    -------
    Share alive just after each duration at which a relation ended, indexed by ``duration`` and starting with 1 at 0.

    Raises
    ------
    ValueError
        The lengths differ, a number is missing, a duration is not positive, or ``left`` is not 0 or 1.

    References
    ----------
    Kaplan & Meier (1958), Nonparametric Estimation from Incomplete Observations.

    Examples
    --------
    >>> survival([2, 3, 3, 5], left=[1, 1, 0, 0]).to_dict()
    {0.0: 1.0, 2.0: 0.75, 3.0: 0.5}
    """
    from scipy import stats  # imported here: models load without scipy

    times = require_numbers("duration", duration, above=0).ravel()
    marks = np.asarray(left)
    ended = require_numbers("left", marks.astype(int) if marks.dtype == bool else left, at_least=0, at_most=1).ravel()
    if times.size == 0 or times.size != ended.size:
        raise ValueError(f"left has {ended.size} marks for {times.size} durations; needed is one for each.")
    if ((ended != 0) & (ended != 1)).any():
        raise ValueError(f"left holds {ended[(ended != 0) & (ended != 1)][0]:g}; allowed are 0 and 1.")
    alive = stats.ecdf(stats.CensoredData.right_censored(times, ended == 0)).sf
    ends = pd.Series(alive.probabilities, index=pd.Index(alive.quantiles, name="duration"), name="alive")
    ends = ends[ends.index.isin(times[ended == 1])]
    return pd.concat([pd.Series([1.0], index=pd.Index([0.0], name="duration"), name="alive"), ends])
