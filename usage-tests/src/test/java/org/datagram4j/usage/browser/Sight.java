package org.datagram4j.usage.browser;

import java.util.List;
import java.util.Map;

/** What a reader sees of a page: scripts that ask the browser. */
final class Sight {
    /**
     * The rules whose rows are shown; the groups of rows that are shown without any, or hidden with some; and what the page
     * says of it.
     */
    private static final String SHOWN = """
            const shown = Array.from(document.querySelectorAll('.row'))
              .filter(row => row.checkVisibility() && row.getBoundingClientRect().height > 0);
            const groups = new Set(shown.map(row => row.closest('.rows')));
            return {
              rules: shown.map(row => row.id),
              oddGroups: Array.from(document.querySelectorAll('.rows'))
                .filter(group => group.checkVisibility() !== groups.has(group))
                .map(group => group.textContent.trim().slice(0, 40)),
              count: document.getElementById('shown').textContent,
              nothing: document.getElementById('nothing').checkVisibility(),
            };
            """;

    /** The rules whose rows contain each of some words, in any case. */
    private static final String CONTAINING = """
            return Array.from(document.querySelectorAll('.row'))
              .filter(row => arguments[0].every(word => row.textContent.toLowerCase().includes(word.toLowerCase())))
              .map(row => row.id);
            """;

    /**
     * Each pair of colours in which a text is written, as "RATIO words", by WCAG 2.2; of what is in or of the elements that a
     * selector takes.
     */
    private static final String CONTRASTS = """
            const rgba = text => { const n = text.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
            const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
            const behind = element => {
              const layers = [];
              for (let at = element; at; at = at.parentElement) {
                layers.push(rgba(getComputedStyle(at).backgroundColor));
                if (layers.at(-1)[3] === 1) {
                  return layers.reverse().reduce((below, top) => over(top, below));
                }
              }
              throw new Error('nothing is behind ' + element.outerHTML);
            };
            const luminance = colour => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
              const c = colour[i] / 255;
              return sum + weight * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            }, 0);
            const found = new Map();
            const add = (element, colour, words) => {
              const ground = behind(element);
              const light = [luminance(over(rgba(colour), ground)), luminance(ground)].sort((a, b) => b - a);
              const ratio = (light[0] + 0.05) / (light[1] + 0.05);
              const key = colour + ground;
              if (!found.has(key)) {
                found.set(key, ratio.toFixed(2) + ' ' + element.className + ': ' + words.trim().slice(0, 40));
              }
            };
            for (const element of document.querySelectorAll(arguments[0])) {
              if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) {
                continue;
              }
              for (const child of element.childNodes) {
                if (child.nodeType === Node.TEXT_NODE && child.data.trim()) {
                  add(element, getComputedStyle(element).color, child.data);
                }
              }
              if (element.placeholder) {
                add(element, getComputedStyle(element, '::placeholder').color, element.placeholder);
              }
            }
            return Array.from(found.values());
            """;

    /** What cannot be seen without moving the window sideways, or at all; with everything open. */
    private static final String STICKING_OUT = """
            const name = element => element.tagName + '.' + element.className + ' ' + element.textContent.trim().slice(0, 40);
            const width = document.documentElement.clientWidth;
            const out = [];
            for (const details of document.querySelectorAll('details')) {
              details.open = true;
            }
            for (const row of document.querySelectorAll('.row')) {
              row.style.contentVisibility = 'visible'; // or what is not on the screen has no size yet
            }
            if (document.documentElement.scrollWidth > width) {
              out.push('the document is ' + document.documentElement.scrollWidth + ' wide, the window ' + width);
            }
            const walk = element => {
              const box = element.getBoundingClientRect();
              if (box.width > 0 && box.height > 0) {
                if (box.right > width + 0.5 || box.left < -0.5) {
                  out.push('beyond the edge: ' + name(element));
                }
                if (element.matches('.matrix-scroll')) { // wider than any window
                  return;
                }
                if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) {
                  out.push('too narrow: ' + name(element));
                }
              }
              if (element.tagName !== 'svg') {
                Array.from(element.children).forEach(walk);
              }
            };
            walk(document.body);
            return out.slice(0, 10);
            """;

    /** Whether a reader sees the beginning of an element: it is in the window, and nothing covers it. */
    private static final String IN_VIEW = """
            const element = document.getElementById(arguments[0]);
            const box = element.getBoundingClientRect();
            const at = document.elementFromPoint(box.left + 20, box.top + 8);
            return at !== null && element.contains(at);
            """;

    private final Browser browser;

    Sight(Browser browser) {
        this.browser = browser;
    }

    /**
     * What is shown of the rows.
     *
     * @param rules those whose rows are
     * @param oddGroups headings without rows, or the other way round
     * @param count what the page says of their number
     * @param nothing whether it says that there are none
     */
    record Shown(List<String> rules, List<String> oddGroups, String count, boolean nothing) {}

    Shown shown() {
        Map<?, ?> shown = (Map<?, ?>) browser.run(SHOWN);
        return new Shown(
                texts(shown.get("rules")), texts(shown.get("oddGroups")), (String) shown.get("count"), (Boolean)
                        shown.get("nothing"));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    List<String> rowsContaining(List<String> words) {
        return browser.texts(CONTAINING, words);
    }

    List<String> contrasts(String selector) {
        return browser.texts(CONTRASTS, selector);
    }

    List<String> stickingOut() {
        return browser.texts(STICKING_OUT);
    }

    boolean inView(String id) {
        return browser.is(IN_VIEW, id);
    }
}
