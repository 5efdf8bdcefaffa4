// SPDX-License-Identifier: Apache-2.0

/// Servers that send back what they receive.
let specifications = [
  """
  pnprun: 1
  protocol: parts
  framing: {line: "\\r\\n"}
  limits: {message: 100}
  messages:
    set:
      text: "s {key:word} {length:uint}"
      then:
        - data: bytes[length]
        - "."
    many:
      each:
        text: "-{count:uint} {name}"
        then:
          - values: u16 list[count]
      last: "+{name}"
    note: "n"
    content:
      framing: {delimiter: "\\r\\n.\\r\\n"}
      escape: dots
      text: "{text}"
    block:
      framing: {length: varint}
      text: "{text}"
  roles:
    server:
      when:
        set:
          send: set(key = set.key, data = set.data)
        many:
          send: many(each = many.each, name = many.name)
        note:
          - send: note
          - expect: content
          - send: content(text = content.text)
          - expect: block
          - send: block(text = block.text)
  """,
  """
  pnprun: 1
  protocol: headers
  framing: {headers: L}
  limits: {message: 200}
  messages:
    get:
      start: "G {path:word}"
      headers:
        C: "{connection=k}"
    put:
      start: "P {path:word}"
      headers:
        Transfer-Encoding: "chunked"
      body: "{text}"
    page:
      start: "HTTP/1.{minor:0..1} {status:100..599} {reason}"
      body: "{text}"
  roles:
    server:
      when:
        get:
          send: get(path = get.path, connection = get.connection)
        put:
          send: put(path = put.path, text = put.text)
        page:
          send: page(minor = page.minor, status = page.status, reason = page.reason, text = page.text)
  """,
]
