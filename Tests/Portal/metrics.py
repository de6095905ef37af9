"""What both programs tell Prometheus of themselves."""
import re
import subprocess

from asking import Caller

STRANGE = "nobody-knows-this-word"
HISTOGRAM, COUNTS = "sellout_http_request_duration_seconds", "sellout_http_requests_total"


def walk_the_metrics(judge, world, _):
    """/metrics of both programs, whole, as promtool wants them"""
    places = {"selloutd": world.daemon_port, "sellout-web": world.port}
    for name, port in places.items():
        caller = Caller(("127.0.0.1", port), source="127.0.0.1")
        for _ in range(2):  # The first one counts itself only when it is over.
            for path in ("/metrics", f"/{STRANGE}", f"/healthz?{STRANGE}=1"):
                caller.get(path)
        answer = caller.get("/metrics")
        judge.same(f"{name}: {answer}", 200, answer.status)
        judge.same(f"promtool check metrics on {name}'s", "", complaints(answer.text))
        judge_routes(judge, name, answer.text)


def complaints(text):
    """What promtool finds wrong with metrics; a promtool that is missing is a fault of the check, and it fails."""
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    told = (done.stdout + done.stderr).strip()
    return told if done.returncode == 0 or told else f"promtool ended with {done.returncode}"


def judge_routes(judge, name, text):
    routes = set(re.findall(rf'^{HISTOGRAM}_count\{{route="([^"]*)",method="GET"\}} [1-9]', text, re.MULTILINE))
    judge.holds(f"{name}'s histograms", {"/metrics", "/healthz"} <= routes, "one for each route that was asked", sorted(routes))
    judge.holds(f"{name}'s counts", f'{COUNTS}{{route="none",method="none",status="4xx"}}' in text, "what fits no route", text[-300:])
    judge.holds(f"{name}'s requests in flight", "\nsellout_http_requests_in_flight 1\n" in text, "this one", text[-300:])
    for reason in ("limit", "timeout", "header", "body", "unauthorised"):
        judge.holds(f"{name}'s rejections", f'sellout_http_rejected_total{{reason="{reason}"}}' in text, reason, text[-300:])
    judge.holds(f"{name}'s metrics", STRANGE not in text, "no text of a stranger's", STRANGE)
