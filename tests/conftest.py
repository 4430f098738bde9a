"""Keep this process to one thread, before anything imports torch: tests fork nurseries from it."""

from grader.sandbox.nursery import one_thread

one_thread()
