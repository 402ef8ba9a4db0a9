package dev.cenotaph.policy.yaml;

import dev.cenotaph.policy.PolicyProblem;
import java.util.Locale;

/** What can be wrong with policy files. The names are stable: people search for them and scripts match them. */
public enum ProblemCode {
    // Files
    NO_POLICY_FILES("The path does not exist or holds no policy file."),
    UNREADABLE_FILE("The file cannot be read."),
    NOT_UTF_8("The file's bytes are not UTF-8."),
    DUPLICATE_FILE_NAME("Two files differ in their ending alone."),

    // YAML
    YAML_SYNTAX("The text is not YAML."),
    EMPTY_FILE("The file holds nothing."),
    SEVERAL_DOCUMENTS("The file holds more than one document."),
    TOO_LARGE("The file is longer, deeper or, with its aliases written out, larger than any policy."),
    TAG_NOT_ALLOWED("YAML tags are not read."),
    DUPLICATE_KEY("A map has a key twice."),

    // Keys and values
    UNKNOWN_KEY("The language has no such key here."),
    MISSING_KEY("A key that must be there is not."),
    WRONG_TYPE("A map, a list or a text stands where another of them belongs."),
    INVALID_VALUE("The value is none of those that the key takes."),
    EMPTY_VALUE("A map or a list that must hold something is empty."),
    UNSUPPORTED_VERSION("The file is written in another version of the language."),
    NOT_A_DEFAULT("The key belongs to each resource and not to the defaults."),
    INVALID_NAME("A resource, a parameter or a segment has a name that it cannot have."),
    DUPLICATE_NAME("One name stands for two things."),
    DUPLICATE_RESOURCE("Two resources of the set have one name."),
    UNKNOWN_RESOURCE("No resource of the set has the name."),

    // Upstreams
    INVALID_UPSTREAM("The upstream is not an absolute http or https URL of a host."),
    UNDEFINED_VARIABLE("An environment variable is not set and has no default."),

    // Templates, places, patterns
    INVALID_TEMPLATE("The path template is malformed."),
    TEMPLATE_VARIABLES("The variables of a template do not fit those of another."),
    TEMPLATE_NOT_BELOW_ITEM("The template does not lie below the item."),
    TEMPLATE_COLLISION("One path could mean two things."),
    INVALID_PLACE("Neither a member's name nor a JSON Pointer, or the whole document where only a part will do."),
    INVALID_PATTERN("Not a regular expression."),
    UNSAFE_PATTERN("A regular expression that a crafted id could keep busy for ages."),
    INVALID_DURATION("Not an ISO-8601 duration."),
    INEXACT_DURATION("A duration that is nothing, too long, or not always as long: years and months."),

    // Keys that must fit together
    MARKER_KIND("A marker is of no kind, or of two."),
    LIVE_EQUALS_TRASHED("A restore would write the value that means trashed."),
    CONTRADICTION("Two keys exclude each other."),
    WRITE_NOT_USED("The marker does not lie in the item, so that this key does not apply.");

    private final String meaning;

    ProblemCode(String meaning) {
        this.meaning = meaning;
    }

    /** What it says, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** As it stands in a problem: {@code unknown-key}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A problem with a file as a whole. */
    public PolicyProblem ofFile(String file, String what, String mend) {
        return new PolicyProblem(file, 1, 1, text(), what, mend);
    }
}
