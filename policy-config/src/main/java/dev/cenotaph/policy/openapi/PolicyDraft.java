package dev.cenotaph.policy.openapi;

import dev.cenotaph.policy.InvalidPolicyException;
import dev.cenotaph.policy.PolicyProblem;
import dev.cenotaph.policy.yaml.PolicyCompiler;
import dev.cenotaph.policy.yaml.PolicySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A policy file drafted from an OpenAPI document: each DELETE of an item as a resource, each guess with its reason. It
 * compiles as it is. What must be decided first is commented out.
 *
 * @param text the file
 * @param drafted how many resources the file governs as it is; with none it holds nothing but comments
 * @param undecided how many resources are commented out
 */
public record PolicyDraft(String text, int drafted, int undecided) {
    private static final String FILE = "draft.yaml";
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?");

    /** @throws UnreadableDocumentException if the draft would be longer than a policy file may be */
    public static PolicyDraft of(OpenApiDocument document) {
        return of(document, new Api(document));
    }

    static PolicyDraft of(OpenApiDocument document, Api api) {
        var drafting = new Drafting(api);
        List<ResourceDraft> drafts = drafting.drafts();
        String head = head(document, drafting);
        for (int sound = sound(drafts); sound > 0; sound = sound(drafts)) {
            var text = text(head, drafts);
            List<PolicyProblem> problems = problems(text);
            if (problems.isEmpty()) {
                return new PolicyDraft(text, sound, drafts.size() - sound);
            }
            drafts = without(head, drafts, problems);
            if (sound(drafts) == sound) {
                throw new UnreadableDocumentException(
                        document.file(),
                        1,
                        1,
                        "The draft cannot be a policy file: " + problems.getFirst() + ".",
                        "Split the document by its paths.");
            }
        }
        return new PolicyDraft(text(head, drafts).replaceAll("(?m)^(?!#)(?=\\S)", "# "), 0, drafts.size());
    }

    private static int sound(List<ResourceDraft> drafts) {
        return (int) drafts.stream().filter(ResourceDraft::isSound).count();
    }

    private static String text(String head, List<ResourceDraft> drafts) {
        var text = new StringBuilder(head);
        drafts.forEach(draft -> draft.text().forEach(line -> text.append(line).append('\n')));
        return text.toString().stripTrailing() + "\n";
    }

    private static List<PolicyProblem> problems(String text) {
        try {
            PolicyCompiler.compile(List.of(new PolicySource(FILE, text)), name -> null);
            return List.of();
        } catch (InvalidPolicyException e) {
            return e.problems();
        }
    }

    /** The drafts with those commented out that the compiler refuses. */
    private static List<ResourceDraft> without(String head, List<ResourceDraft> drafts, List<PolicyProblem> problems) {
        var kept = new ArrayList<ResourceDraft>();
        int line = (int) head.chars().filter(letter -> letter == '\n').count() + 1;
        for (ResourceDraft draft : drafts) {
            int first = line;
            line += draft.text().size();
            int next = line;
            Optional<PolicyProblem> problem = problems.stream()
                    .filter(one -> one.line() >= first && one.line() < next)
                    .findFirst();
            kept.add(problem.map(its -> draft.refused(Words.inLine(its.what() + " " + its.mend())))
                    .orElse(draft));
        }
        return kept;
    }

    private static String head(OpenApiDocument document, Drafting drafting) {
        var head = new ArrayList<String>();
        head.add("# Drafted from " + Words.inLine(document.file()) + title(document)
                + ". Each guess says why; look at each before");
        head.add("# you trust it, and hold it against the API with `audit`.");
        head.addAll(notes(document, drafting));
        head.add("");
        head.add("version: 1");
        Optional<String> origin = drafting.api()
                .server()
                .flatMap(ServerUrl::origin)
                .filter(text -> ORIGIN.matcher(text).matches());
        head.add("# " + (origin.isPresent() ? "The first of the document's servers." : "The document names no host."));
        head.add("upstream: ${UPSTREAM_URL:" + origin.orElse("http://localhost:9090") + "}");
        head.add("resources:");
        head.add("");
        return String.join("\n", head) + "\n";
    }

    private static String title(OpenApiDocument document) {
        return Optional.ofNullable(document.model().getInfo())
                .map(info -> " (" + Words.inLine(info.getTitle() + " " + info.getVersion()) + ")")
                .orElse("");
    }

    private static List<String> notes(OpenApiDocument document, Drafting drafting) {
        var notes = new ArrayList<String>();
        drafting.api().unreadPaths().forEach(path -> notes.add("Not read: " + path.text() + ". " + path.why()));
        drafting.api()
                .server()
                .map(ServerUrl::path)
                .filter(path -> !path.isEmpty())
                .ifPresent(path -> notes.add("Paths begin with " + path + ", as the first of the servers has it."));
        drafting.candidates().others().stream()
                .filter(delete -> !drafting.isBelowAny(delete) || isOfCollection(delete, drafting))
                .forEach(delete -> notes.add(note(delete, drafting)));
        DisguisedDeletes.in(drafting.api())
                .forEach(operation -> notes.add("Deletes by its name, and no policy can hold it: " + operation));
        if (!document.complaints().isEmpty()) {
            notes.add("The document has " + document.complaints().size() + " faults, the first: "
                    + document.complaints().getFirst());
        }
        return notes.stream().map(note -> "# - " + Words.inLine(note)).toList();
    }

    private static String note(ApiOperation delete, Drafting drafting) {
        if (delete.path().template().isEmpty()) {
            return "No policy can name this path, and its DELETE stays real: " + delete;
        }
        return isOfCollection(delete, drafting)
                ? "Deletes a whole collection, and will be 405 unless `collection-delete: pass`: " + delete
                : "Deletes something that there is one of, and no item: " + delete;
    }

    private static boolean isOfCollection(ApiOperation delete, Drafting drafting) {
        return drafting.candidates().items().stream().anyMatch(candidate -> Drafting.isCollectionOf(delete, candidate));
    }
}
