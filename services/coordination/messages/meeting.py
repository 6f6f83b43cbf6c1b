"""What is said when a meeting cannot be called, held or opened so."""

from __future__ import annotations

from shared.web.messages import Message

meeting_messages = {
    "meeting-in-past": Message(
        "これからの日付を入れてください。開いた会議は、ケースの画面の「会議を記録する」で残せます。",
        "A meeting is called for a day to come.",
        at=("planned_on",),
    ),
    "meeting-too-far": Message(
        "1年より先の日付は入れられません。日付を確かめてください。",
        "The day is more than a year ahead.",
        at=("planned_on",),
    ),
    "meeting-called-off": Message(
        "取りやめた会議です。必要なときは、新しく招集してください。",
        "This meeting was called off.",
    ),
    "meeting-held": Message(
        "すでに開いた会議です。議題やメンバーは変えられません。",
        "The meeting was held already.",
    ),
    "meeting-not-held": Message(
        "まだ会議録のない会議です。先に会議録を登録してください。",
        "The meeting has no minutes yet.",
    ),
    "meeting-hidden": Message(
        "出席を求められた機関と、担当する職員だけが見られる会議です。",
        "Only its members and those in charge may see this meeting.",
    ),
    "meeting-kind-differs": Message(
        "招集した会議の種類と違います。画面を開き直してください。",
        "The meeting was called as another kind.",
    ),
    "host-stays": Message("主催する係は、メンバーから外せません。", "The host is always a member."),
    "not-invited": Message(
        "この会議のメンバーではない機関が含まれています。先にメンバーに加えてください。",
        "Only members that were confirmed for this sitting take part.",
        at=("members",),
    ),
    "not-on-agenda": Message(
        "議題にないケースが含まれています。先に議題に加えてください。",
        "A case that was not on the agenda.",
    ),
    "secrecy-missing": Message(
        "支援会議では、出席者全員に守秘義務を確かめてください。",
        "Everybody at a 支援会議 has to be told of the duty of secrecy.",
        at=("secrecy",),
    ),
    "minutes-written": Message(
        "ほかの職員が、この会議の会議録を先に登録しました。入力したものは残っています。",
        "A colleague recorded other minutes of this meeting first.",
    ),
    "minutes-changed": Message(
        "ほかの職員が、この会議録を先に直しました。入力したものは残っています。",
        "The minutes were corrected meanwhile.",
    ),
    "minutes-day-fixed": Message(
        "登録した会議録の開催日は変えられません。開催日をまちがえたときは、正しい日の会議を記録し、"
        "この会議録の報告にそのことを書いてください。",
        "The day of a recorded meeting stays.",
        at=("on",),
    ),
    "minutes-cases-fixed": Message(
        "登録した会議録の、扱ったケースは変えられません。「話し合った」の印をもとに戻してください。",
        "The cases of a recorded meeting stay.",
        at=("talked_1",),
    ),
    "members-missing": Message(
        "出席した機関を選んでください。", "Say which agencies came.", at=("members",)
    ),
    "attendee-not-member": Message(
        "出席者の所属が、「出席した機関」に入っていません。",
        "An attendee is of an agency that is not among those that came.",
        at=("members",),
    ),
    "times-backwards": Message(
        "終わりの時刻が、始まりより前です。",
        "The meeting ends before it begins.",
        at=("ends_at",),
    ),
    "before-meeting": Message(
        "会議の日より前の日付は記録できません。日付を確かめてください。",
        "The day lies before the meeting.",
        at=("on",),
    ),
    "task-not-member": Message(
        "アクションの担当は、この会議に出席した機関から選んでください。",
        "A task is for an agency that sat there.",
        at=("agency", "task_agency_1"),
    ),
    "task-missing": Message("することを書いてください。", "Say what is to be done.", at=("what",)),
    "task-due-before": Message(
        "期限が、会議の日より前です。日付を確かめてください。",
        "The task would be due before it was given.",
        at=("due_on",),
    ),
    "task-unknown": Message(
        "このアクションは登録されていません。画面を開き直してください。",
        "There is no such task of yours.",
    ),
}
