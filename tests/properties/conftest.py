"""Properties are about answers, not about time."""

from hypothesis import settings

settings.register_profile("suanli", deadline=None)
settings.load_profile("suanli")
