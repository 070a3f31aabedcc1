"""Publish targets: a finished release is copied to where its readers are.

A folder, object storage, a git repository, a Hugging Face dataset repository.  Each target sends
a verified release, reads it back, and makes it visible last.  Making releases is not done here.
"""

from corpusmill.publish.targets.choice import publish_to, read_target
from corpusmill.publish.targets.outcome import TargetOutcome

__all__ = ["TargetOutcome", "publish_to", "read_target"]
