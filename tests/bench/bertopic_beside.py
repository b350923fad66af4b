"""BERTopic on the same passages and vectors, for `bench_themes`; never part of what ships.

It is not among the requirements, because it would bring torch, which it does not need here:
`pip install --no-deps bertopic` and `pip install hdbscan umap-learn pandas plotly pyyaml tqdm`.
"""

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from afterglow.core.themes.passages import split

SEED = 0
# The least passages of a topic: as it comes, and as small as the labelled themes are.
SETTINGS = {"BERTopic": 10, "BERTopic, small topics": 4}


def topics_beside(entries, meaning):
    """Passages of each topic, surest first and the largest topic first: name -> lists of (entry, start, end)."""
    places = [(e.id, p.start, p.end) for e in entries for p in split(e.text)]
    texts = [p.text for e in entries for p in split(e.text)]
    vectors = meaning.vectors(texts)
    return {name: _topics(texts, vectors, places, least) for name, least in SETTINGS.items()}


def _topics(texts, vectors, places, least):
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from umap import UMAP

    model = BERTopic(
        embedding_model=None,
        umap_model=UMAP(n_neighbors=15, n_components=5, metric="cosine", random_state=SEED),
        hdbscan_model=HDBSCAN(min_cluster_size=least, prediction_data=True),
        vectorizer_model=CountVectorizer(stop_words="english"),
    )
    topic, share = model.fit_transform(texts, vectors)
    named = [k for k in set(topic) if k >= 0]
    by_size = sorted(named, key=lambda k: (-list(topic).count(k), k))
    return [
        [places[row] for row in np.argsort(-np.asarray(share)) if topic[row] == k] for k in by_size
    ]
