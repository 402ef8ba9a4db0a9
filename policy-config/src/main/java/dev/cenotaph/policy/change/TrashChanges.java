package dev.cenotaph.policy.change;

import dev.cenotaph.policy.Permanent.Allow;
import dev.cenotaph.policy.ResourcePolicy;
import dev.cenotaph.policy.Trash;
import dev.cenotaph.policy.change.Change.Kind;

/** What differs in how clients of two policies of one name ask for trash, restore it, and delete for good. */
final class TrashChanges {
    private final ResourcePolicy old;
    private final ResourcePolicy now;
    private final Consequences consequences;

    TrashChanges(ResourcePolicy old, ResourcePolicy now, Consequences consequences) {
        this.old = old;
        this.now = now;
        this.consequences = consequences;
    }

    void tell() {
        asking();
        writes();
        delete();
        permanent();
    }

    private void asking() {
        Trash was = old.trash();
        Trash is = now.trash();
        consequences.differ(
                was.include(), is.include(), "Other parameters add what is trashed to an answer.", "trash", "include");
        consequences.differ(
                was.only(), is.only(), "Other parameters ask for nothing but what is trashed.", "trash", "only");
        consequences.differ(
                was.onlyWhen(),
                is.onlyWhen(),
                "Other values of the upstream's own parameters ask for nothing but what is trashed.",
                "trash",
                "only-when");
        consequences.differ(
                was.collection(), is.collection(), "The trash is listed under another path.", "trash", "collection");
        consequences.differ(was.restore(), is.restore(), "Other paths restore a trashed item.", "trash", "restore");
        consequences.differ(
                was.restoreAncestors(),
                is.restoreAncestors(),
                is.restoreAncestors()
                        ? "A restore restores what is trashed above the item first."
                        : "A restore below a trashed item is refused.",
                "trash",
                "restore-ancestors");
    }

    private void writes() {
        if (old.trash().writes() != now.trash().writes()) {
            boolean gone = now.trash().writes() == Trash.Writes.GONE;
            add(
                    gone ? Kind.SAFER : Kind.RISKIER,
                    gone
                            ? "No write restores a trashed item."
                            : "A " + now.trash().writes() + " may restore a trashed item.",
                    "trash",
                    "writes");
        }
    }

    private void delete() {
        if (old.trash().delete() != now.trash().delete()) {
            boolean refuses = now.trash().delete() == Trash.Delete.REFUSE;
            boolean passes = !refuses && now.permanent().allow() != Allow.NEVER;
            add(
                    refuses ? Kind.SAFER : passes ? Kind.UNPROTECTED : Kind.OTHERWISE,
                    refuses
                            ? "A DELETE of an item in the trash collection is 405."
                            : "A DELETE of an item in the trash collection deletes it for good"
                                    + (passes ? "." : ", were that allowed."),
                    "trash",
                    "delete");
        }
    }

    private void permanent() {
        if (old.permanent().allow() != now.permanent().allow()) {
            // The constants stand from the most to the least that is allowed.
            boolean looser = now.permanent().allow().compareTo(old.permanent().allow()) < 0;
            String consequence = switch (now.permanent().allow()) {
                case ALWAYS -> "Clients may delete for good whatever the state.";
                case TRASHED -> "Clients may delete for good what is trashed.";
                case NEVER -> "Clients may not delete for good.";
            };
            add(looser ? Kind.UNPROTECTED : Kind.SAFER, consequence, "permanent", "allow");
        }
        if (!old.permanent().parameter().equals(now.permanent().parameter())) {
            add(
                    Kind.RISKIER,
                    "`" + now.permanent().parameter() + "` asks for a DELETE for good, and `"
                            + old.permanent().parameter() + "` is passed on to the upstream.",
                    "permanent",
                    "parameter");
        }
    }

    private void add(Kind kind, String consequence, String... key) {
        consequences.add(kind, consequence, key);
    }
}
