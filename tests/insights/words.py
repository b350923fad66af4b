"""What a fictional person wrote around three sittings: the number of the day, and the words."""

WORDS = (
    (
        1,
        "In the sitting there was a dark river under the kitchen floor. It pulled at my feet. I was afraid of the water.",
    ),
    (2, "Oriel called in the morning. We talked about the garden and I laughed."),
    (4, "Slept badly. I said yes to extra hours again, I could not say no to my boss."),
    (8, "Bought bread and stamps. Oriel came over with soup, and she stayed until dark."),
    (10, "Again I said yes at work when I wanted to say no. I was tired afterwards."),
    (
        17,
        "The river again, black water beneath the floor, but it was slower and it carried me. Oriel stood on the bank.",
    ),
    (18, "I wrote to my father and did not send it. My chest felt tight all day."),
    (21, "Walked along the canal with Oriel. The water was brown and quiet."),
    (24, "I could not say no to the meeting. I never say no, and then I am angry with myself."),
    (
        31,
        "Third sitting. The river was warm and it held me, the water was not pulling any more. I was not afraid.",
    ),
    (32, "I realised that I do not have to hold everything. Oriel said she sees it too."),
    (35, "Said no to the extra hours. My voice shook, and nothing bad happened."),
)
