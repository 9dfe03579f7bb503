package io.quarkiverse.imsession.benchmarks;

import java.util.Locale;

/**
 * A picture that follows the colour scheme of the reader, with a background, as a page need not follow it. It is as wide as a
 * phone, so that its text can be read there.
 */
final class Svg {

    static final int WIDTH = 400;
    private static final int MARGIN = 10;

    private static final String STYLE = """
              <style>
                svg { font: 13px system-ui, sans-serif; background: var(--page); --page: #ffffff; --text: #22262b; --muted: #5f6670; --line: #d5d9de; --bar: #9aa3ad; --accent: #1d5fa8; }
                @media (prefers-color-scheme: dark) {
                  svg { --page: #181a1d; --text: #e4e6e8; --muted: #a3abb4; --line: #3a4047; --bar: #6d757e; --accent: #7db4f0; }
                }
                text { fill: var(--text); }
                .end { text-anchor: end; }
                .middle { text-anchor: middle; }
                .title { font-weight: 600; font-size: 15px; }
                .note { fill: var(--muted); font-size: 12px; }
                .own { font-weight: 600; }
                .bar { fill: var(--bar); }
                .accent { fill: var(--accent); }
                .rule { stroke: var(--line); }
                .way { fill: none; stroke-width: 2.5; }
                .way.accent { fill: none; stroke: var(--accent); }
                .way.bar { fill: none; stroke: var(--bar); }
              </style>
            """;

    private final String title;
    private final StringBuilder description = new StringBuilder();
    private final StringBuilder shapes = new StringBuilder();

    Svg(String title) {
        this.title = title;
    }

    /** Tells those who cannot see the picture what is in it. */
    void describe(String sentence) {
        description.append(sentence).append('\n');
    }

    void text(String style, double x, double y, String text) {
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escaped(text));
    }

    void bar(String style, double x, double y, double width, double height) {
        add("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", style, x, y, width, height);
    }

    void dot(String style, double x, double y) {
        add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", style, x, y);
    }

    void rule(double x, double y, double toX) {
        add("<path class=\"rule\" d=\"M%.1f %.1fH%.1f\"/>", x, y, toX);
    }

    /** @param points as x and y, separated by blanks */
    void way(String style, String points) {
        add("<polyline class=\"way %s\" points=\"%s\"/>", style, points);
    }

    String finished(double height) {
        return String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%d %d %d %.0f\" role=\"img\" aria-labelledby=\"title desc\">%n"
                        + "  <title id=\"title\">%s</title>%n  <desc id=\"desc\">%s</desc>%n%s%s</svg>%n",
                -MARGIN, -MARGIN, WIDTH + 2 * MARGIN, height + 2 * MARGIN, escaped(title),
                escaped(description.toString().strip()), STYLE, shapes);
    }

    private void add(String format, Object... values) {
        shapes.append("  ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
