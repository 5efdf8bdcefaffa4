// SPDX-License-Identifier: Apache-2.0

/// Words of programming languages and of other YAML languages, and what to write instead.
enum ForeignWords {
  /// Keys outside of steps: the key that is meant, and the help.
  static let keys: [String: (key: String, help: String)] = [
    "on": ("when", "handlers are written under `when:`"),
    "events": ("when", "handlers are written under `when:`"),
    "handlers": ("when", "handlers are written under `when:`"),
    "name": ("protocol", "the name of the protocol is written  protocol: …"),
    "description": ("about", "write  about: …"),
    "version": ("pnprun", "the version of the language is written  pnprun: 1"),
    "variables": ("shared", "variables need no declaration; those of all sessions are `shared:`"),
    "state": ("states", "the states of a role are written under `states:`"),
    "machine": ("states", "the states of a role are written under `states:`"),
    "entry": ("enter", "steps on entering a state are written under `enter:`"),
    "transitions": ("when", "events and their `goto:` are written under `when:`"),
    "global": ("shared", "variables of all sessions are written under `shared:`"),
    "do": ("steps", "the steps of a role are written under `steps:`"),
    "run": ("steps", "the steps of a role are written under `steps:`"),
    "script": ("steps", "the steps of a role are written under `steps:`"),
    "ensure": ("finally", "steps at the end of a session are written under `finally:`"),
    "pattern": ("text", "the text of a message is written  text: \"…\""),
    "input": ("typed", "what the person types is written under `typed:`"),
    "hint": ("say", "what a rule tells is written  say: …"),
    "output": ("prints", "what appears on the screen is written under `prints:`"),
  ]

  /// Names of types in programming languages, and those of text types.
  static let textTypes = [
    "string": "text", "str": "text", "integer": "int", "float": "number", "double": "number",
    "char": "word", "line": "text",
  ]

  /// Words where a verb is expected.
  static let steps: [String: String] = [
    "on": "events are handled by `when:`",
    "then": "leave `then` out: the step itself stands below `if:`",
    "recv": "`expect: NAME` waits for a message",
    "receive": "`expect: NAME` waits for a message",
    "read": "`expect: NAME` waits for a message",
    "accept": "accepting is implied: a session begins when the connection is there",
    "listen": "listening is implied: a session begins when the connection is there",
    "connect": "connecting is implied: a session begins when the connection is there",
    "bind": "binding is implied; the port is written  port: 8005  at the top",
    "reply": "`send: NAME` answers the other side",
    "write": "`send: NAME` sends a message, `print: \"…\"` shows a text",
    "respond": "`send: NAME` answers the other side",
    "broadcast": "send to a group:  send: NAME  and below it  to: GROUP",
    "sendall": "`send: NAME` sends a message",
    "call": "functions are called in expressions, e.g.  set: x = f(y)",
    "loop": "`repeat:` repeats, with `until:`, `while:` or `times:`",
    "while": "`while` belongs to `repeat:`",
    "foreach": "write  for: NAME in LIST  in front of the step",
    "elif": "write a second step with `if:`, or `else:` with an `if:` inside",
    "elseif": "write a second step with `if:`, or `else:` with an `if:` inside",
    "match": "`when:` waits for one of several messages; values are compared with `if:`",
    "switch": "`when:` waits for one of several messages; values are compared with `if:`",
    "case": "`when:` waits for one of several messages; values are compared with `if:`",
    "sleep": "`wait: 2s` waits that long",
    "delay": "`wait: 2s` waits that long",
    "input": "`ask: NAME from TYPE` asks the person",
    "random": "`choose: NAME from DOMAIN` draws a value",
    "let": "`set: NAME = EXPRESSION` sets a variable",
    "var": "`set: NAME = EXPRESSION` sets a variable",
    "assign": "`set: NAME = EXPRESSION` sets a variable",
    "return": "leave `return` out: a role is done when its steps are; `close` ends it early",
    "exit": "`close` ends the session",
    "disconnect": "`close` ends the session",
    "continue": "leave `continue` out: put the other steps below an `if:`",
    "try": "errors end the session; what is always to be done goes into `finally:`",
    "resend": "`retry: 3` below an `expect:` sends the last message again",
    "transition": "`goto: STATE` enters a state",
    "become": "`goto: STATE` enters a state",
    "echo": "`send: NAME` sends a message, `print: \"…\"` shows a text",
    "log": "`print: \"…\"` shows a text",
  ]
}
