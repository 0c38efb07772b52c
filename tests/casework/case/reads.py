"""What a case page says, as a client gets it."""


def page(client, enrolment) -> str:
    answer = client.get(enrolment.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def entries(client, enrolment) -> list:
    return client.get(enrolment.get_absolute_url()).context["entries"]


def missing(client, enrolment) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in client.get(enrolment.get_absolute_url()).context["now"].missing]


def facts(client, enrolment) -> dict[str, str]:
    return dict(client.get(enrolment.get_absolute_url()).context["now"].facts)


def steps(client, enrolment) -> list[tuple[str, str]]:
    return [(step.state, step.note) for step in client.get(enrolment.get_absolute_url()).context["ladder"]]
