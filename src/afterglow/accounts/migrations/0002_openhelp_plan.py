from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="openhelp",
            name="text",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="openhelp",
            name="plan",
            field=models.TextField(default=""),
        ),
    ]
