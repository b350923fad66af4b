"""A push belongs to the device it goes to. Where a person has one device only, an earlier push is of that one."""

from django.db import migrations, models


def name_the_only_device(apps, schema_editor):
    channels = apps.get_model("reminders", "Channel").objects.filter(kind="push", device=None)
    devices = apps.get_model("vault", "Device").objects
    for channel in channels:
        theirs = list(devices.filter(owner=channel.account_id).values_list("id", flat=True)[:2])
        if len(theirs) == 1:
            channel.device = theirs[0]
            channel.save(update_fields=["device"])


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_initial"),
        ("vault", "0007_devices"),
    ]

    operations = [
        migrations.AddField(
            model_name="channel",
            name="device",
            field=models.UUIDField(null=True),
        ),
        migrations.RunPython(name_the_only_device, migrations.RunPython.noop),
    ]
