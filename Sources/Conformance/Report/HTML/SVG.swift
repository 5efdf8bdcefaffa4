// SPDX-License-Identifier: Apache-2.0

/// Parts of a drawing that stands inside a page; coordinates are pixels, y grows downwards.
enum SVG {
  /// Width of one column of the drawings' type, which is monospaced, in tenths of a pixel.
  private static let column = 74

  /// The width of a text in pixels.
  static func width(of text: String) -> Int { (TextLayout.width(of: text) * column + 9) / 10 }

  /// How many columns fit into a width.
  static func columns(in width: Int) -> Int { max(1, width * 10 / column) }

  /// A drawing in a frame that scrolls when the page is narrower than the drawing can be read.
  ///
  /// `id` is unique on the page; the title names the drawing and the description tells what it shows.
  static func figure(
    id: String,
    title: String,
    description: String,
    width: Int,
    height: Int,
    content: String
  ) -> String {
    """
    <div class="scroll" tabindex="0" role="region" aria-label="\(HTML.text(title))">
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
    height="\(height)" role="img" aria-labelledby="\(id)-title \(id)-text">
    <title id="\(id)-title">\(HTML.text(title))</title>
    <desc id="\(id)-text">\(HTML.text(description))</desc>
    \(content)
    </svg>
    </div>

    """
  }

  /// One line of text; what is in it has been made visible, not yet escaped.
  static func text(
    _ text: String,
    x: Int,
    y: Int,
    style: String = "",
    anchor: String = "start"
  ) -> String {
    let escaped = HTML.escaped(text)
    return
      "<text x=\"\(x)\" y=\"\(y)\" class=\"\(style)\" text-anchor=\"\(anchor)\">\(escaped)</text>"
  }

  static func line(from: (x: Int, y: Int), to: (x: Int, y: Int), style: String) -> String {
    path("M\(from.x) \(from.y)L\(to.x) \(to.y)", style: style)
  }

  static func path(_ data: String, style: String) -> String {
    "<path d=\"\(data)\" class=\"\(style)\"/>"
  }

  static func box(x: Int, y: Int, width: Int, height: Int, radius: Int = 6, style: String) -> String
  {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"\(radius)\" "
      + "class=\"\(style)\"/>"
  }

  /// The head of an arrow whose point is at a place and that points right (1) or left (-1).
  static func head(x: Int, y: Int, direction: Int, style: String) -> String {
    path("M\(x) \(y)l\(-9 * direction) -5v10z", style: style)
  }
}
