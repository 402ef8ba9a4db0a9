package dev.cenotaph.gateway.batch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL of a part of a batch: whatever path some server would read it as. */
public final class PartUrl {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(.*)", Pattern.DOTALL);
    private static final Pattern HIDDEN = Pattern.compile("(?i)%(?:2f|3a|5c)");

    /** OData 4.01 §11.7.7.3: what another part is about. */
    private static final Pattern REFERENCE = Pattern.compile("\\$[A-Za-z0-9_.-]+");

    private static final Set<String> OF_A_RESOURCE = Set.of("$ref", "$value", "$count", "$links");

    private final String text;

    public PartUrl(String text) {
        // The WHATWG's URL parser drops these, wherever they stand.
        this.text = text.strip().replaceAll("[\\t\\r\\n]", "");
    }

    /** Paths, with or without a slash before them; without scheme, authority, query and fragment. */
    public Set<String> paths() {
        var paths = new LinkedHashSet<String>();
        for (String form : forms()) {
            String path = withoutQuery(form).replace('\\', '/');
            paths.add(path);
            Matcher scheme = SCHEME.matcher(path);
            String rest = scheme.matches() ? scheme.group(1) : path;
            if (scheme.matches()) {
                paths.add(rest);
            }
            if (scheme.matches() || rest.startsWith("//")) {
                paths.add(withoutAuthority(rest));
            }
        }
        return paths;
    }

    /** Whether it names what another part does, which no path tells. */
    boolean isReference() {
        return paths().stream()
                .flatMap(path -> List.of(path.split("/")).stream())
                .anyMatch(segment -> {
                    String plain = segment.replaceFirst("(?i)^%24", "\\$");
                    return REFERENCE.matcher(plain).matches()
                            && !OF_A_RESOURCE.contains(plain.toLowerCase(Locale.ROOT));
                });
    }

    /** Whether it leads to a batch. */
    boolean isBatch() {
        return paths().stream().anyMatch(path -> BatchRequest.isNamedSo("/" + path));
    }

    private List<String> forms() {
        var forms = new ArrayList<>(List.of(text));
        if (HIDDEN.matcher(text).find()) {
            try {
                forms.add(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                return forms;
            }
        }
        return forms;
    }

    private static String withoutQuery(String form) {
        int end = form.length();
        for (char stop : new char[] {'?', '#'}) {
            int at = form.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return form.substring(0, end);
    }

    private static String withoutAuthority(String rest) {
        String authority = rest.replaceFirst("^/+", "");
        int slash = authority.indexOf('/');
        return slash < 0 ? "/" : authority.substring(slash);
    }
}
