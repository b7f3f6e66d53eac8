"""Times the steps of a benchmark."""

import gc
from time import perf_counter, process_time


class Watch:
    """Times the steps of a run, each as a request would find the database: nothing in memory, everything written at the end."""

    def __init__(self, env):
        self.env = env
        self.steps = {}

    def run(self, name, step):
        self.env.flush_all()
        self.env.invalidate_all()
        gc.collect()
        queries, started, cpu_started = self.env.cr.sql_log_count, perf_counter(), process_time()
        result = step()
        self.env.flush_all()
        self.steps[name] = (
            perf_counter() - started,
            process_time() - cpu_started,
            self.env.cr.sql_log_count - queries,
        )
        return result

    @property
    def seconds(self):
        return sum(seconds for seconds, _cpu, _queries in self.steps.values())

    @property
    def cpu(self):
        """Of Odoo's own process: what a busy machine does not blur."""
        return sum(cpu for _seconds, cpu, _queries in self.steps.values())

    def print(self, title, count):
        print(f"{title}: {self.seconds / count * 1000:.2f} ms a lawyer, {self.cpu / count * 1000:.2f} of it Odoo's own")
        for name, (seconds, cpu, queries) in self.steps.items():
            print(
                f"    {name:24} {seconds / count * 1000:7.2f} ms a lawyer {cpu / count * 1000:7.2f} own {queries:7} queries"
            )
