package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Moto;

class MotoJourneysIT extends Journeys {
    MotoJourneysIT() {
        this(Moto.start());
    }

    private MotoJourneysIT(Moto moto) {
        super(moto, moto.endpoint());
    }
}
