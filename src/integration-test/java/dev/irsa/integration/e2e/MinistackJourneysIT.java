package dev.irsa.integration.e2e;

import dev.irsa.integration.machine.Ministack;

class MinistackJourneysIT extends Journeys {
    MinistackJourneysIT() {
        this(Ministack.start());
    }

    private MinistackJourneysIT(Ministack ministack) {
        super(ministack, ministack.endpoint());
    }
}
