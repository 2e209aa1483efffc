"""What the complete plant answers to those who ask, and what others found there. All is invented."""

from __future__ import annotations

from datetime import date

from core.ledger import Answer, Evidence, ExternalAudit, QuestionDecision, Record

DAY = date(2025, 11, 20)


def asked() -> tuple[Record, ...]:
    """Answers with and without proof, one that has run out, decisions, and audits by others."""
    return (*_proofs(), *_answers(), *_decisions(), *_audits())


def _proofs() -> tuple[Record, ...]:
    named = (("letters", "Appointment letters 任命书.pdf"), ("iso", "ISO 14001 certificate 证书.pdf"))
    return tuple(
        Evidence(key, name, "other", key.encode().hex().ljust(64, "0"), 9_000, "application/pdf") for key, name in named
    )


def _answers() -> tuple[Record, ...]:
    def answer(point: str, value: str, *, year: int = 2023, day: date = DAY, **said: object) -> Answer:
        return Answer(f"{year} {point}", point, year, day, value, by="Zhao Min 赵敏", **said)  # type: ignore[arg-type]

    return (
        answer("check.G1", "yes", evidence=("letters",)),
        answer("check.G3", "partly"),
        answer("check.G4", "0"),
        answer("check.E1", "", rows=(("590", "640"),)),
        answer("check.E4", "no"),
        answer("check.H2", "yes", year=2022, day=date(2022, 5, 2), evidence=("letters",)),
        answer("check.V1", "", evidence=("iso",), valid_to="2027-06-30"),
        answer("policy.env", "Signed by the plant manager 厂长已签署", evidence=("letters",), valid_to="2027-12-31"),
    )


def _decisions() -> tuple[Record, ...]:
    def decision(question: str, applies: str, **said: str) -> QuestionDecision:
        key = said.pop("map", "cdp_2025")
        return QuestionDecision(f"2023 {key} {question}", key, question, 2023, applies, "No trading scheme 未参与",
                                by="Zhao Min", **said)  # fmt: skip

    return decision("3.5.2", "no"), decision("Q1", "yes", map="customer_2025")


def _audits() -> tuple[Record, ...]:
    return (
        ExternalAudit(
            "ea00001", "iso14001", "Environmental management system 环境管理体系", date(2024, 7, 1),
            "CQC 中国质量认证中心", "certified 通过认证", "2027-06-30", "The whole plant 全厂",
            (("Labels of waste containers 危废标签不全", "2024-10-31", "2024-10-12"),
             ("Register of duties out of date 法规清单未更新", "2025-01-31", "")), ("iso",),
        ),
        ExternalAudit("ea00002", "ecovadis", "EcoVadis 2023", date(2023, 9, 12), "EcoVadis", "62/100", "2024-09-11"),
        ExternalAudit("ea00003", "other", "Audit of a customer 客户审核", date(2025, 3, 4)),
    )  # fmt: skip
