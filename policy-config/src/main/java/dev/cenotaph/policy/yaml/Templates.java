package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PathTemplate;
import dev.cenotaph.policy.PathTemplate.Literal;
import dev.cenotaph.policy.PathTemplate.Segment;
import dev.cenotaph.policy.PathTemplate.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads path templates. Literals are compared byte for byte with a request's path, so they must be written the one way in
 * which a normalized URL spells them (RFC 3986 §6.2.2): what needs an escape is escaped, in upper case, and nothing else.
 */
final class Templates {
    private static final String UNESCAPED = "[A-Za-z0-9._~!$&'()*+,=:@-]";
    /** Every octet but control characters, slashes, backslashes and what stands for itself. */
    private static final String ESCAPED = "%(?:2[0-9A-C]|3[A-F]|40|5[BDE]|60|7[BCD]|[89A-F][0-9A-F])";

    private static final Pattern LITERAL = Pattern.compile("(?:" + UNESCAPED + "|" + ESCAPED + ")*+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}(.*)");

    private static final String ESCAPE_MEND =
            "Escape only what must be, never a slash or a backslash, with two hexadecimal digits in upper case.";
    private static final String CHARACTER_MEND = "Write it percent-encoded, as it stands in a request's path.";

    private Templates() {}

    static Optional<PathTemplate> read(Scalar scalar, Problems problems) {
        var complaint = complaint(scalar.text());
        complaint.ifPresent(it -> problems.add(scalar.at(), ProblemCode.INVALID_TEMPLATE, it));
        return complaint.isPresent() ? Optional.empty() : unique(scalar, parse(scalar.text()), problems);
    }

    /** A template whose text is known to be sound. */
    static PathTemplate parse(String text) {
        return new PathTemplate(
                text, segments(text).stream().map(Templates::segment).toList());
    }

    /** What keeps the text from being a single literal segment. */
    static Optional<Complaint> literalComplaint(String text) {
        if (text.equals(".") || text.equals("..")) {
            return complain(text, "is a dot segment", "Write the path without dot segments.");
        }
        if (text.contains("{") || text.contains("}")) {
            return complain(text, "has a brace where none belongs", "Start a segment with its only `{variable}`.");
        }
        return LITERAL.matcher(text).matches() ? Optional.empty() : characterComplaint(text);
    }

    private static Optional<Complaint> characterComplaint(String text) {
        var matcher = LITERAL.matcher(text);
        int end = matcher.lookingAt() ? matcher.end() : 0;
        if (text.charAt(end) == '%') {
            String escape = text.substring(end, Math.min(end + 3, text.length()));
            return complain(text, "has the escape " + Wording.quoted(escape), ESCAPE_MEND);
        }
        String character = Character.toString(text.codePointAt(end));
        return complain(text, "has the character " + Wording.quoted(character), CHARACTER_MEND);
    }

    private static Optional<Complaint> complaint(String text) {
        if (!text.startsWith("/")) {
            return complain(text, "does not start with a slash", "Write the whole path, from its first slash.");
        }
        var segments = segments(text);
        if (segments.subList(0, segments.size() - 1).contains("")) {
            return complain(text, "has an empty segment", "Write one slash between two segments.");
        }
        return segments.stream()
                .flatMap(segment -> segmentComplaint(segment).stream())
                .findFirst();
    }

    private static Optional<Complaint> segmentComplaint(String segment) {
        if (!segment.startsWith("{")) {
            return literalComplaint(segment);
        }
        var variable = VARIABLE.matcher(segment);
        if (!variable.matches()) {
            return complain(segment, "is no variable", "Write a name of letters, digits and `_` in braces: `{id}`.");
        }
        return variable.group(2).contains("{")
                ? complain(segment, "has two variables", "Write one variable a segment, at its start.")
                : suffixComplaint(variable.group(2));
    }

    private static Optional<Complaint> suffixComplaint(String suffix) {
        return suffix.matches("\\.{1,2}") ? Optional.empty() : literalComplaint(suffix);
    }

    private static Optional<PathTemplate> unique(Scalar scalar, PathTemplate template, Problems problems) {
        var seen = new HashSet<String>();
        for (String variable : template.variables()) {
            if (!seen.add(variable)) {
                String what = "`{" + variable + "}` stands twice in " + Wording.quoted(scalar.text()) + ".";
                problems.add(scalar.at(), ProblemCode.TEMPLATE_VARIABLES, what, "Give each variable its own name.");
                return Optional.empty();
            }
        }
        return Optional.of(template);
    }

    private static List<String> segments(String text) {
        return List.of(text.substring(1).split("/", -1));
    }

    private static Segment segment(String text) {
        var variable = VARIABLE.matcher(text);
        return variable.matches() ? new Variable(variable.group(1), variable.group(2)) : new Literal(text);
    }

    private static Optional<Complaint> complain(String text, String what, String mend) {
        return Optional.of(new Complaint(Wording.quoted(text) + " " + what + ".", mend));
    }
}
