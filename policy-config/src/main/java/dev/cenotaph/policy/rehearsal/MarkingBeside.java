package dev.cenotaph.policy.rehearsal;

import dev.cenotaph.policy.Marker;
import dev.cenotaph.policy.marker.ExtensionEntries;
import dev.cenotaph.policy.marker.ExtensionEntries.Entry;
import dev.cenotaph.policy.marker.MarkerCodec;
import dev.cenotaph.policy.marker.MarkerReading;
import java.time.Instant;
import java.util.Optional;

/** A marker in a key-value sub-resource: an entry made by POST, and taken back by DELETE of the entry alone. */
final class MarkingBeside implements Marking {
    private final Scene scene;
    private final String itemPath;
    private final String entriesPath;
    private final ExtensionEntries entries;

    MarkingBeside(Scene scene, String itemPath, String entriesPath, Marker.ExtensionResource marker) {
        this.scene = scene;
        this.itemPath = itemPath;
        this.entriesPath = entriesPath;
        this.entries = new ExtensionEntries(marker);
    }

    @Override
    public boolean readsFirst() {
        return true;
    }

    @Override
    public Reading read() {
        Reply item = scene.get(itemPath);
        if (item.isMissing()) {
            return new Reading.Missing(item);
        }
        if (item.status() != 200) {
            return new Reading.Unreadable(item);
        }
        Reply answer = scene.get(entriesPath);
        if (answer.status() != 200 && !answer.isMissing()) {
            return new Reading.Unreadable(answer);
        }
        Optional<Entry> entry = answer.isMissing() ? Optional.empty() : entries.find(Body.bytes(answer.body()));
        MarkerReading marker = entry.map(Entry::reading).orElse(new MarkerReading.Live());
        return new Reading.Found(
                marker,
                item,
                marker instanceof MarkerReading.Trashed
                        ? Optional.empty()
                        : Optional.of(entry.map(Entry::json).orElse(MarkerCodec.ABSENT)));
    }

    @Override
    public Reply trash(Optional<Reading.Found> found, Instant deleteTime) {
        String body = Body.text(entries.entry(deleteTime));
        Optional<Entry> entry = currentEntry();
        return entry.isPresent()
                ? scene.write("PUT", entryPath(entry.get()), "application/json", body, Headers.NONE)
                : scene.write("POST", entriesPath, "application/json", body, Headers.NONE);
    }

    @Override
    public Optional<Reply> restore(Reading.Found found, Optional<String> former) {
        Optional<String> before = former.filter(text -> !text.equals(MarkerCodec.ABSENT));
        return currentEntry()
                .map(entry -> before.isPresent()
                        ? scene.write("PUT", entryPath(entry), "application/json", before.get(), Headers.NONE)
                        : scene.send("DELETE", entryPath(entry), Headers.NONE, Body.NONE));
    }

    @Override
    public MarkerReading readAnswer(Reply answer) {
        return entries.find(Body.bytes(answer.body())).map(Entry::reading).orElse(new MarkerReading.Hidden());
    }

    @Override
    public boolean isInside() {
        return false;
    }

    private Optional<Entry> currentEntry() {
        return entries.find(Body.bytes(scene.get(entriesPath).body()));
    }

    private String entryPath(Entry entry) {
        return entriesPath + "/" + entry.id();
    }
}
