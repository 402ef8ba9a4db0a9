package dev.cenotaph.gateway.filter;

import dev.cenotaph.gateway.deletion.PermanentDeletion;
import dev.cenotaph.gateway.deletion.SoftDeletion;
import dev.cenotaph.gateway.gate.AncestorGate;
import dev.cenotaph.gateway.gate.CreateGate;
import dev.cenotaph.gateway.gate.ItemGate;
import dev.cenotaph.gateway.gate.MovedGate;
import dev.cenotaph.gateway.listing.EmbeddedAnswers;
import dev.cenotaph.gateway.listing.ListReading;
import dev.cenotaph.gateway.listing.TrashCollection;
import dev.cenotaph.gateway.many.ManyAtOnce;
import dev.cenotaph.gateway.restore.Restoration;
import dev.cenotaph.gateway.reveal.Disclosure;
import dev.cenotaph.gateway.revision.MakingCurrent;
import dev.cenotaph.gateway.revision.RevisionKeeping;
import dev.cenotaph.gateway.revision.RevisionPages;
import dev.cenotaph.gateway.shadow.Shadow;
import dev.cenotaph.gateway.snapshot.SnapshotPages;

/** Who acts on an operation. */
public record Handlers(
        Disclosure disclosure,
        AncestorGate ancestors,
        ItemGate items,
        CreateGate creates,
        ListReading lists,
        EmbeddedAnswers embedded,
        TrashCollection trash,
        SoftDeletion softDeletion,
        PermanentDeletion permanentDeletion,
        Restoration restoration,
        ManyAtOnce many,
        RevisionKeeping revisions,
        RevisionPages revisionPages,
        MakingCurrent makingCurrent,
        SnapshotPages snapshots,
        Shadow shadow,
        MovedGate moved) {}
